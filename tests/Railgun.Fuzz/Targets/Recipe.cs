namespace Railgun.Fuzz.Targets;

/// <summary>
/// A long body told by few bytes: steps of four bytes each say what comes next. Bytes as they are, noise, a part of one of two bases or of what was said so far, one byte many times; and where a
/// segment ends.
/// </summary>
/// <param name="first">One base.</param>
/// <param name="second">The other.</param>
internal sealed class Recipe(byte[] first, byte[] second)
{
    /// <summary>The longest body, in bytes.</summary>
    public const int MaxBody = 300 * 1024;

    private const int Step = 4;

    private readonly byte[] _body = new byte[MaxBody];
    private readonly List<int> _cuts = [];
    private int _length;

    /// <summary>The body that was made last.</summary>
    public ReadOnlySpan<byte> Body => _body.AsSpan(0, _length);

    /// <summary>Where its segments end, but for the last.</summary>
    public IReadOnlyList<int> Cuts => _cuts;

    /// <summary>Makes a body.</summary>
    public void Make(ReadOnlySpan<byte> steps)
    {
        _length = 0;
        _cuts.Clear();
        while (steps.Length >= Step && _length < MaxBody)
        {
            int kind = steps[0] % 7;
            int number = steps[1] | (steps[2] << 8);
            byte small = steps[3];
            steps = steps[Step..];
            switch (kind)
            {
                case 0:
                    int count = Math.Min(small, steps.Length);
                    Add(steps[..count]);
                    steps = steps[count..];
                    break;
                case 1:
                    AddNoise(number, small);
                    break;
                case 2:
                    AddPart(first, number, small);
                    break;
                case 3:
                    AddPart(second, number, small);
                    break;
                case 4:
                    AddPast(number, small);
                    break;
                case 5:
                    Take(number).Fill(small);
                    break;
                default:
                    _cuts.Add(_length);
                    break;
            }
        }
    }

    private Span<byte> Take(int count)
    {
        int taken = Math.Min(count, MaxBody - _length);
        _length += taken;
        return _body.AsSpan(_length - taken, taken);
    }

    private void Add(ReadOnlySpan<byte> bytes)
    {
        Span<byte> to = Take(bytes.Length);
        bytes[..to.Length].CopyTo(to);
    }

    private void AddNoise(int count, int seed)
    {
        uint state = (uint)(seed + 1) * 0x9E3779B1;
        foreach (ref byte b in Take(count))
        {
            // Marsaglia's xorshift: the same noise for the same step.
            state ^= state << 13;
            state ^= state >> 17;
            state ^= state << 5;
            b = (byte)(state >> 11);
        }
    }

    private void AddPart(byte[] source, int at, int length)
    {
        int from = Math.Min(at, source.Length);
        Add(source.AsSpan(from, Math.Min(length * 16, source.Length - from)));
    }

    private void AddPast(int back, int length)
    {
        int from = _length - Math.Min(1 + back, _length);
        foreach (ref byte b in Take(_length == 0 ? 0 : length * 4))
        {
            b = _body[from++];
        }
    }
}
