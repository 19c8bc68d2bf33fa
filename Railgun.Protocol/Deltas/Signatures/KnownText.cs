using System.Buffers;

namespace Railgun.Protocol.Deltas.Signatures;

/// <summary>
/// The text that both sides know of a version at one segment: the blocks that the segment's head names, in that order. The sender has it from the target, the
/// listener from the version. Reusable, not thread-safe.
/// </summary>
internal sealed class KnownText : IDisposable
{
    /// <summary>The longest text: a segment's blocks, one that began before it, and one at its end.</summary>
    public const int MaxLength = DeltaLimits.MaxSegmentTarget + (2 * SignatureShape.MaxBlock);

    private readonly List<(int First, int Count)> _runs = [];
    private byte[] _text = [];
    private SignatureShape _shape;
    private int _expected;
    private int _length;

    /// <summary>The text. Valid until the next call.</summary>
    public ReadOnlyMemory<byte> Text => _text.AsMemory(0, _length);

    /// <summary>Begins a target.</summary>
    public void Start(SignatureShape shape)
    {
        _shape = shape;
        _expected = 0;
        Clear();
    }

    /// <summary>Begins a segment.</summary>
    public void Clear()
    {
        _runs.Clear();
        _length = 0;
    }

    /// <summary>Sender: adds a block. One that says what the text says already may be left out by the caller.</summary>
    public void Add(int block, ReadOnlySpan<byte> bytes)
    {
        Append(bytes);
        if (_runs.Count > 0 && _runs[^1] is var (first, count) && first + count == block)
        {
            _runs[^1] = (first, count + 1);
        }
        else
        {
            _runs.Add((block, 1));
        }
    }

    /// <summary>Sender: writes the segment's head, which names the blocks.</summary>
    public void WriteHead(IBufferWriter<byte> output)
    {
        Span<byte> head = output.GetSpan((1 + (2 * _runs.Count)) * Number.MaxSize);
        int size = Number.Write(head, _runs.Count);
        foreach ((int first, int count) in _runs)
        {
            int jump = first - _expected;
            size += Number.Write(head[size..], (jump << 1) ^ (jump >> 31));
            size += Number.Write(head[size..], count - 1);
            _expected = first + count;
        }

        output.Advance(size);
    }

    /// <summary>
    /// Listener: takes the head off the front of a segment and makes the text. False if it breaks a rule of DELTA_FORMAT.md; each run is checked before it is copied.
    /// </summary>
    public bool TryRead(ref ReadOnlySpan<byte> coded, ReadOnlySpan<byte> version)
    {
        Clear();
        if (!Number.TryRead(ref coded, out int runs))
        {
            return false;
        }

        for (; runs > 0; runs--)
        {
            if (!Number.TryRead(ref coded, out int jump) || !Number.TryRead(ref coded, out int more))
            {
                return false;
            }

            long first = _expected + (long)((jump >> 1) ^ -(jump & 1));
            long behind = first + more + 1L;
            if (first < 0 || behind > _shape.Blocks)
            {
                return false;
            }

            long start = first * _shape.Block;
            long length = Math.Min(behind * _shape.Block, _shape.Length) - start;
            if (_length + length > MaxLength)
            {
                return false;
            }

            Append(version.Slice((int)start, (int)length));
            _expected = (int)behind;
        }

        return true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_text.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_text);
            _text = [];
        }
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        if (_text.Length < _length + bytes.Length)
        {
            byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(_length + bytes.Length, 2 * _text.Length));
            _text.AsSpan(0, _length).CopyTo(larger);
            Dispose();
            _text = larger;
        }

        bytes.CopyTo(_text.AsSpan(_length));
        _length += bytes.Length;
    }
}
