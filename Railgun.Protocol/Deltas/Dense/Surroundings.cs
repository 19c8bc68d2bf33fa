using System.Runtime.CompilerServices;
using Railgun.Protocol.Deltas.Matching;

namespace Railgun.Protocol.Deltas.Dense;

/// <summary>
/// Reads the base behind the place where the target differs from it: its texts are noted as the likeliest to be met next, and the first of it
/// teach the model of new bytes, which otherwise would know nothing.
/// </summary>
internal sealed unsafe class Surroundings
{
    private const int BlockLog = 6;

    /// <summary>How many blocks behind that of the place are read.</summary>
    private const int Ahead = 1;

    /// <summary>How much is read: so many bytes, and so many for each byte that was decided on its own.</summary>
    private const int FreeReading = 2048;
    private const int ReadingFactor = 4;

    /// <summary>How many bytes teach the model: as many as whole blocks begun before.</summary>
    private const int Lessons = 512;

    private readonly TextFinder _texts;
    private readonly LiteralModel _literals;
    private CopySource _source;
    private int _block;
    private int _learnt;
    private long _left;

    /// <summary>Reads for these.</summary>
    public Surroundings(TextFinder texts, LiteralModel literals)
    {
        _texts = texts;
        _literals = literals;
    }

    /// <summary>Begins a target.</summary>
    public void Start()
    {
        _block = -1;
        _learnt = 0;
        _left = FreeReading;
    }

    /// <summary>So many bytes were decided on their own.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Earn(int bytes) => _left += (long)ReadingFactor * bytes;

    /// <summary>Reads the base from <paramref name="place"/>'s block on, unless that is where it was read last.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Read(in Scene scene, CopySource source, int place)
    {
        if ((place >> BlockLog) != _block || source != _source)
        {
            Move(scene, source, place >> BlockLog);
        }
    }

    private void Move(in Scene scene, CopySource source, int block)
    {
        byte* text = scene.Origin(source);
        int length = source == CopySource.First ? scene.FirstLength : scene.SecondLength;
        int known = source == _source ? _block : -1;
        for (int i = block; i <= block + Ahead && _left > 0; i++)
        {
            int from = i << BlockLog;
            if (from < length && (known < 0 || i < known || i > known + Ahead))
            {
                int to = Math.Min(length, from + (1 << BlockLog));
                Read(text, from, to, source == CopySource.First ? 0 : scene.FirstLength);
                _left -= to - from;
            }
        }

        _source = source;
        _block = block;
    }

    private void Read(byte* text, int from, int to, int origin)
    {
        from = Math.Max(from, sizeof(uint));
        _texts.EnterAll(text, from, to, origin);
        bool learns = _learnt < Lessons;
        _learnt += Math.Max(0, to - from);
        for (int at = from; at < to && learns; at++)
        {
            _literals.Learn(text[at], text[at - 1] | ((uint)text[at - 2] << 8));
        }
    }
}
