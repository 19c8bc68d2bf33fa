using System.Runtime.CompilerServices;

namespace Railgun.Protocol.Deltas.Dense;

/// <summary>
/// What an encoder has spent on a target, in bytes decided on their own (a byte spelt out counts for more), and what it may spend: so its time per byte is
/// bounded, whatever the target is.
/// </summary>
internal struct Effort
{
    /// <summary>What any target may cost, and that for each byte of it one more.</summary>
    private const long Free = 16_000;

    /// <summary>What a byte spelt out costs more.</summary>
    private const int Spelling = 2;

    private long _spent;

    /// <summary>So many bytes were decided on their own.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Decide(int bytes) => _spent += bytes;

    /// <summary>A byte was spelt out.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Spell() => _spent += Spelling;

    /// <summary>So many bytes were stored after all: what was spent on them was for nothing, and they earn nothing.</summary>
    public void Lose(int bytes) => _spent += bytes;

    /// <summary>Whether all that a target may cost up to <paramref name="length"/> bytes is spent.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly bool IsOver(long length) => _spent > Free + length;
}
