using Railgun.Protocol.Deltas.Matching;

namespace Railgun.Protocol.Deltas.Dense;

/// <summary>Which blocks of the bases have been read.</summary>
internal sealed class ReadMarks
{
    /// <summary>Bytes in a block.</summary>
    public const int Block = 32;

    private ulong[] _marks = [];
    private int _secondOrigin;

    /// <summary>None has been.</summary>
    public void Clear(int first, int second)
    {
        _secondOrigin = (first / Block) + 1;
        int words = ((_secondOrigin + (second / Block)) >> 6) + 1;
        if (_marks.Length < words)
        {
            _marks = new ulong[Math.Max(words, 2 * _marks.Length)];
        }

        _marks.AsSpan(0, words).Clear();
    }

    /// <summary>Marks the block that begins at <paramref name="from"/>; true if it was not marked yet.</summary>
    public bool Mark(CopySource source, int from)
    {
        int block = (from / Block) + (source == CopySource.First ? 0 : _secondOrigin);
        ref ulong word = ref _marks[block >> 6];
        ulong bit = 1UL << (block & 63);
        bool fresh = (word & bit) == 0;
        word |= bit;
        return fresh;
    }
}
