using System.Runtime.InteropServices;
using SharpFuzz.Common;

namespace Railgun.Fuzz;

/// <summary>
/// Which edges between branches a run took, and how often by powers of two (the map of AFL). The instrumented code counts into it.
/// </summary>
internal sealed unsafe class CoverageMap
{
    /// <summary>Places in the map; an edge has one, by hash.</summary>
    public const int Size = 1 << 16;

    private readonly byte* _counts = (byte*)NativeMemory.AllocZeroed(Size);
    private readonly byte[] _seen = new byte[Size];

    /// <summary>
    /// Makes the map that instrumented code counts into from now on, to the end of the program: without one it fails, and it also runs where nobody looks.
    /// </summary>
    public CoverageMap() => Trace.SharedMem = _counts;

    /// <summary>Edges seen by any run.</summary>
    public int Edges { get; private set; }

    /// <summary>Forgets all runs.</summary>
    public void Reset()
    {
        Clear();
        Array.Clear(_seen);
        Edges = 0;
    }

    /// <summary>Forgets the last run.</summary>
    public void Clear()
    {
        new Span<byte>(_counts, Size).Clear();
        Trace.PrevLocation = 0;
    }

    /// <summary>Adds the last run to what was seen.</summary>
    /// <returns>Whether it took an edge, or took one so often, as no run before.</returns>
    public bool Merge()
    {
        bool isNew = false;
        for (int i = 0; i < Size; i += sizeof(ulong))
        {
            if (*(ulong*)(_counts + i) != 0)
            {
                isNew |= Merge(i);
            }
        }

        return isNew;
    }

    /// <summary>The places that the last run counted, each with its class of how often.</summary>
    public List<int> Taken()
    {
        var taken = new List<int>();
        for (int i = 0; i < Size; i++)
        {
            if (_counts[i] != 0)
            {
                taken.Add((i << 8) | Class(_counts[i]));
            }
        }

        return taken;
    }

    // 1, 2, 3, 4-7, 8-15, 16-31, 32-127, 128-255: a bit each.
    private static byte Class(byte count) => count switch
    {
        0 => 0,
        1 => 1,
        2 => 2,
        3 => 4,
        < 8 => 8,
        < 16 => 16,
        < 32 => 32,
        < 128 => 64,
        _ => 128,
    };

    private bool Merge(int start)
    {
        bool isNew = false;
        for (int i = start; i < start + sizeof(ulong); i++)
        {
            byte bit = Class(_counts[i]);
            if ((bit & ~_seen[i]) != 0)
            {
                Edges += _seen[i] == 0 ? 1 : 0;
                _seen[i] |= bit;
                isNew = true;
            }
        }

        return isNew;
    }
}
