namespace Railgun.Protocol.Deltas.Signatures;

/// <summary>Hashes of equal width without gaps between them: bits are filled lowest first.</summary>
internal static class PackedHashes
{
    /// <summary>Puts hash number <paramref name="index"/>, of <paramref name="bits"/> bits, where zeros are.</summary>
    public static void Put(Span<byte> packed, int index, int bits, uint hash)
    {
        long at = (long)index * bits;
        ulong rest = (ulong)hash << (int)(at & 7);
        for (int i = (int)(at >> 3); rest != 0; i++, rest >>= 8)
        {
            packed[i] |= (byte)rest;
        }
    }

    /// <summary>Hash number <paramref name="index"/>.</summary>
    public static uint Get(ReadOnlySpan<byte> packed, int index, int bits)
    {
        long at = (long)index * bits;
        int shift = (int)(at & 7);
        ulong window = 0;
        ReadOnlySpan<byte> bytes = packed.Slice((int)(at >> 3), (shift + bits + 7) >> 3);
        for (int i = 0; i < bytes.Length; i++)
        {
            window |= (ulong)bytes[i] << (8 * i);
        }

        return (uint)((window >> shift) & ((1UL << bits) - 1));
    }
}
