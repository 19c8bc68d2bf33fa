using System.Runtime.CompilerServices;

namespace Railgun.Protocol.Deltas.Dense;

/// <summary>
/// All text that both sides hold, under one numbering: the first base, the second, then the target from its first byte on.
/// </summary>
internal readonly ref struct Texts
{
    /// <summary>The first base.</summary>
    public required ReadOnlySpan<byte> First { get; init; }

    /// <summary>The second base.</summary>
    public required ReadOnlySpan<byte> Second { get; init; }

    /// <summary>The target as far as kept, up to the end of the run.</summary>
    public required Span<byte> Target { get; init; }

    /// <summary>How much of the target is before <see cref="Target"/>.</summary>
    public required long Dropped { get; init; }

    /// <summary>The number of the place <paramref name="at"/> in <see cref="Target"/>.</summary>
    public long TargetPlace(int at) => First.Length + (long)Second.Length + Dropped + at;

    /// <summary>The byte at a place, where the target is coded up to <paramref name="at"/>; -1 if there is none, or none within the window.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int ByteAt(long place, int at)
    {
        if ((ulong)place < (ulong)First.Length)
        {
            return First[(int)place];
        }

        place -= First.Length;
        if ((ulong)place < (ulong)Second.Length)
        {
            return Second[(int)place];
        }

        place -= Second.Length + Dropped;
        return place >= 0 && place < at && at - place <= DeltaLimits.Window ? Target[(int)place] : -1;
    }
}
