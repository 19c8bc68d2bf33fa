using System.Runtime.CompilerServices;

namespace Railgun.Protocol.Deltas.Dense;

/// <summary>
/// What an encoder may still spend on a target at the dense level. A byte decided alone costs 1, one spelt out 9. There are two purses, and both must last: one that
/// long known stretches fill, of a base or of the target's own past, so that a target which has none goes over to the fast level soon; and a larger one that known text
/// fills by its length alone: what is decided alone or spelt out is bounded whatever the target is, by a fixed number and a share of what is known.
/// </summary>
internal struct Effort
{
    /// <summary>What any target may cost,</summary>
    private const long Free = 24_000;

    /// <summary>and how much more for each byte of a known stretch, beyond the first ones, as many as <see cref="Short"/>.</summary>
    private const int Earning = 48;
    private const int Short = 80;

    /// <summary>What a target may cost however much it earns,</summary>
    private const long Most = 400_000;

    /// <summary>and how much more for each byte that is followed by one number.</summary>
    private const int Known = 1;

    /// <summary>What a byte spelt out costs, beyond the 1 of a byte decided alone.</summary>
    private const int Spelling = 8;

    private long _earned = Free;
    private long _allowed = Most;

    /// <summary>Nothing is spent yet.</summary>
    public Effort()
    {
    }

    /// <summary>Whether one of the purses is empty.</summary>
    public readonly bool IsOver
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (_earned | _allowed) < 0;
    }

    /// <summary>So many bytes were followed by one number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Skip(int bytes)
    {
        _earned += (long)Earning * Math.Max(0, bytes - Short);
        _allowed += (long)Known * bytes;
    }

    /// <summary>So many were decided with a look at nothing but the trail that said them: these are free, and earn 1 each in the larger purse.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Follow(int bytes) => _allowed += bytes;

    /// <summary>A byte was decided alone.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Decide()
    {
        _earned--;
        _allowed--;
    }

    /// <summary>It was spelt out.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Spell()
    {
        _earned -= Spelling;
        _allowed -= Spelling;
    }
}
