using System.Runtime.CompilerServices;

namespace Railgun.Protocol.Deltas.Fast;

/// <summary>After how many copies codes are made anew: each time twice as many, up to a limit.</summary>
internal struct Rounds
{
    /// <summary>The most.</summary>
    public const int Last = 4096;

    private const int First = 2048;

    /// <summary>At a target's start.</summary>
    public Rounds()
    {
    }

    /// <summary>How many copies this one has.</summary>
    public int Length { get; private set; } = First;

    /// <summary>How many are left of it.</summary>
    public int Left { get; private set; } = First;

    /// <summary>Whether they have become as long as they may.</summary>
    public readonly bool AreLong => Length == Last;

    /// <summary>Counts copies, at most what is left; whether that ends the round.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool End(int copies = 1) => (Left -= copies) <= 0;

    /// <summary>Begins the next round.</summary>
    public void Next()
    {
        Length = Math.Min(Last, 2 * Length);
        Left = Length;
    }
}
