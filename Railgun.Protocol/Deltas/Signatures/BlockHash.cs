using System.Runtime.CompilerServices;

namespace Railgun.Protocol.Deltas.Signatures;

/// <summary>
/// The hash of a block: its bytes as a polynomial, evaluated at a secret point modulo 2^61 - 1 (Karp and Rabin), spread and cut to some bits. It rolls in a few
/// cycles a byte, as a weak hash does, and two unlike blocks of n bytes agree for at most n of 2^61 points, as a strong hash's do: so one serves as both.
/// </summary>
internal readonly struct BlockHash
{
    /// <summary>The prime that hashes are counted by.</summary>
    public const ulong Modulus = (1UL << ModulusBits) - 1;

    private const int ModulusBits = 61;

    private readonly ulong _point;
    private readonly ulong _spread;
    private readonly int _shift;

    /// <summary>The hash of a link, cut to <paramref name="bits"/> bits, 1 to 32.</summary>
    public BlockHash(SignatureSeed seed, int bits)
    {
        _point = seed.Point;
        _spread = seed.Spread;
        _shift = 64 - bits;
    }

    /// <summary>The hash of a whole block.</summary>
    public uint Of(ReadOnlySpan<byte> block) => Cut(Extend(0, block));

    /// <summary>The polynomial's value with more bytes behind those that gave <paramref name="value"/>.</summary>
    public ulong Extend(ulong value, ReadOnlySpan<byte> bytes)
    {
        foreach (byte next in bytes)
        {
            value = Fold(Multiply(value, _point) + next);
        }

        return value;
    }

    /// <summary>A value as it stands in a signature.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint Cut(ulong value)
    {
        ulong whole = value >= Modulus ? value - Modulus : value;
        return (uint)((whole * _spread) >> _shift);
    }

    /// <summary>The hashes of all stretches of <paramref name="block"/> bytes of <paramref name="text"/>, in order: one for each place where such a stretch begins.</summary>
    /// <param name="text">At least <paramref name="block"/> bytes.</param>
    /// <param name="block">Bytes in a block.</param>
    /// <param name="hashes">Gets <c>text.Length - block + 1</c> hashes.</param>
    public void Roll(ReadOnlySpan<byte> text, int block, Span<uint> hashes)
    {
        // A byte that leaves the window takes its share along: what to add for each value of it.
        Span<ulong> leaving = stackalloc ulong[256];
        ulong share = Modulus - Power(_point, block);
        for (int i = 1; i < leaving.Length; i++)
        {
            leaving[i] = Fold(leaving[i - 1] + share);
        }

        int places = text.Length - block + 1;
        int part = places / Chains;
        if (part < block)
        {
            RollOne(text, block, leaving, hashes[..places]);
            return;
        }

        RollFour(text, block, part, leaving, hashes);
        int done = part * Chains;
        RollOne(text[done..], block, leaving, hashes[done..places]);
    }

    private const int Chains = 4;

    private void RollOne(ReadOnlySpan<byte> text, int block, ReadOnlySpan<ulong> leaving, Span<uint> hashes)
    {
        if (hashes.IsEmpty)
        {
            return;
        }

        ulong value = Extend(0, text[..block]);
        hashes[0] = Cut(value);
        for (int i = 1; i < hashes.Length; i++)
        {
            value = Next(value, text[i - 1 + block], leaving[text[i - 1]]);
            hashes[i] = Cut(value);
        }
    }

    /// <summary>Each step waits for the one before: four stretches at once keep the multiplier busy.</summary>
    private unsafe void RollFour(ReadOnlySpan<byte> text, int block, int part, ReadOnlySpan<ulong> leaving, Span<uint> hashes)
    {
        ulong a = Extend(0, text[..block]);
        ulong b = Extend(0, text.Slice(part, block));
        ulong c = Extend(0, text.Slice(2 * part, block));
        ulong d = Extend(0, text.Slice(3 * part, block));
        fixed (byte* bytes = text[..((4 * part) + block - 1)])
        fixed (ulong* share = leaving)
        fixed (uint* cut = hashes[..(4 * part)])
        {
            for (int i = 0; ; i++)
            {
                cut[i] = Cut(a);
                cut[i + part] = Cut(b);
                cut[i + (2 * part)] = Cut(c);
                cut[i + (3 * part)] = Cut(d);
                if (i == part - 1)
                {
                    return;
                }

                byte* old = bytes + i;
                byte* fresh = old + block;
                a = Next(a, fresh[0], share[old[0]]);
                b = Next(b, fresh[part], share[old[part]]);
                c = Next(c, fresh[2 * part], share[old[2 * part]]);
                d = Next(d, fresh[3 * part], share[old[3 * part]]);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ulong Next(ulong value, byte entering, ulong leaving) => Fold(Multiply(value, _point) + entering + leaving);

    private static ulong Power(ulong value, int exponent)
    {
        ulong power = 1;
        for (ulong square = value; exponent > 0; exponent >>= 1, square = Fold(Multiply(square, square)))
        {
            power = (exponent & 1) != 0 ? Fold(Multiply(power, square)) : power;
        }

        return power >= Modulus ? power - Modulus : power;
    }

    /// <summary>The product modulo 2^61 - 1, below 2^62; both factors are below 2^61 + 2^3.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Multiply(ulong one, ulong other)
    {
        ulong high = Math.BigMul(one, other, out ulong low);
        return (low & Modulus) + ((low >> ModulusBits) | (high << (64 - ModulusBits)));
    }

    /// <summary>An equal value, at most 2^61 + 6.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Fold(ulong value) => (value & Modulus) + (value >> ModulusBits);
}
