using System.Runtime.CompilerServices;

namespace Railgun.Protocol.Deltas.Fast;

/// <summary>After how many copies codes are made anew: each time twice as many, up to a limit.</summary>
internal struct Rounds
{
    private const int First = 256;
    private const int Last = 4096;

    private int _round = First;
    private int _left = First;

    /// <summary>At a target's start.</summary>
    public Rounds()
    {
    }

    /// <summary>Whether they have become as long as they may.</summary>
    public readonly bool AreLong => _round == Last;

    /// <summary>Counts a copy; whether that ends a round.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool End() => --_left <= 0;

    /// <summary>Begins the next round.</summary>
    public void Next()
    {
        _round = Math.Min(Last, 2 * _round);
        _left = _round;
    }
}
