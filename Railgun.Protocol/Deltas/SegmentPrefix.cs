using System.Buffers.Binary;

namespace Railgun.Protocol.Deltas;

/// <summary>
/// What stands before each segment: the length of its payload, and whether the payload is the target itself (DELTA_FORMAT.md, Segments).
/// </summary>
/// <param name="Stored">The payload is the target's bytes as they are.</param>
/// <param name="Last">Only for stored segments: the target ends here. Other segments say so inside.</param>
/// <param name="Length">Bytes of payload.</param>
internal readonly record struct SegmentPrefix(bool Stored, bool Last, int Length)
{
    /// <summary>The longest prefix, in bytes.</summary>
    public const int MaxSize = 4;

    private const int FirstOfTwo = 0xE0;
    private const int Long = 0xFE;
    private const int AsItIs = 0xFF;
    private const int TwoByteLimit = FirstOfTwo + ((Long - FirstOfTwo) << 8);
    private const int LastBit = 1 << 23;

    /// <summary>Writes the prefix; returns its size.</summary>
    public int Write(Span<byte> destination)
    {
        if (!Stored && Length < FirstOfTwo)
        {
            destination[0] = (byte)Length;
            return 1;
        }

        if (!Stored && Length < TwoByteLimit)
        {
            int rest = Length - FirstOfTwo;
            destination[0] = (byte)(FirstOfTwo + (rest >> 8));
            destination[1] = (byte)rest;
            return 2;
        }

        uint value = (uint)Length | (Last ? (uint)LastBit : 0u);
        BinaryPrimitives.WriteUInt32LittleEndian(destination, (uint)(Stored ? AsItIs : Long) | (value << 8));
        return MaxSize;
    }

    /// <summary>The size of the prefix that begins with <paramref name="first"/>.</summary>
    public static int SizeOf(byte first) => first switch
    {
        < FirstOfTwo => 1,
        < Long => 2,
        _ => MaxSize,
    };

    /// <summary>Reads a prefix of exactly <see cref="SizeOf"/> bytes. False: a length beyond its limit, or a reserved bit set.</summary>
    public static bool TryRead(ReadOnlySpan<byte> source, out SegmentPrefix prefix)
    {
        byte first = source[0];
        if (first < FirstOfTwo)
        {
            prefix = new SegmentPrefix(false, false, first);
            return true;
        }

        if (first < Long)
        {
            prefix = new SegmentPrefix(false, false, FirstOfTwo + ((first - FirstOfTwo) << 8) + source[1]);
            return true;
        }

        uint value = BinaryPrimitives.ReadUInt32LittleEndian(source) >> 8;
        bool last = (value & LastBit) != 0;
        int length = (int)(value & (LastBit - 1));
        bool stored = first == AsItIs;
        prefix = new SegmentPrefix(stored, last, length);
        return stored ? length <= DeltaLimits.MaxSegmentTarget : length <= DeltaLimits.MaxSegmentCoded && !last;
    }
}
