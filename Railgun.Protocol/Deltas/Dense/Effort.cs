using System.Runtime.CompilerServices;

namespace Railgun.Protocol.Deltas.Dense;

/// <summary>
/// What an encoder may still spend on a target at the dense level: bytes decided alone cost, most of all those spelt out, and bytes followed by one number, which take next
/// to no time, earn. So a target that is mostly new goes on at the fast level soon, whatever it is.
/// </summary>
internal struct Effort
{
    /// <summary>What any target may cost.</summary>
    private const long Free = 48_000;

    /// <summary>What a byte earns that is followed by one number: most real pages that are new in many places have such stretches between them.</summary>
    private const int Earning = 8;

    /// <summary>What a byte spelt out costs, beyond the 1 of a byte decided alone.</summary>
    private const int Spelling = 8;

    private long _left = Free;

    /// <summary>Nothing is spent yet.</summary>
    public Effort()
    {
    }

    /// <summary>Whether all is spent.</summary>
    public readonly bool IsOver
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _left < 0;
    }

    /// <summary>So many bytes were followed by one number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Skip(int bytes) => _left += (long)bytes * Earning;

    /// <summary>A byte was decided alone.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Decide() => _left--;

    /// <summary>It was spelt out.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Spell() => _left -= Spelling;
}
