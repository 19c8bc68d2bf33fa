using System.Buffers.Binary;

namespace Railgun.Protocol.Frames;

/// <summary>
/// Variable-length integers of RFC 9000 section 16: the two high bits of the first byte tell 1, 2, 4 or 8 bytes; values 0 to 2^62 - 1, big-endian.
/// Only the shortest form is valid here, so that every message has one encoding.
/// </summary>
internal static class Varint
{
    /// <summary>The largest value, 2^62 - 1.</summary>
    public const ulong Max = (1UL << 62) - 1;

    /// <summary>The most bytes that a value takes.</summary>
    public const int MaxLength = 8;

    /// <summary>How many bytes <paramref name="value"/> takes.</summary>
    public static int Length(ulong value) => value switch
    {
        < 1UL << 6 => 1,
        < 1UL << 14 => 2,
        < 1UL << 30 => 4,
        _ => 8,
    };

    /// <summary>Writes <paramref name="value"/> and returns how many bytes it took.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is above <see cref="Max"/>, or the destination is too short.</exception>
    public static int Write(Span<byte> destination, ulong value)
    {
        switch (Length(value))
        {
            case 1:
                destination[0] = (byte)value;
                return 1;
            case 2:
                BinaryPrimitives.WriteUInt16BigEndian(destination, (ushort)(value | 0x4000));
                return 2;
            case 4:
                BinaryPrimitives.WriteUInt32BigEndian(destination, (uint)value | 0x8000_0000);
                return 4;
            default:
                ArgumentOutOfRangeException.ThrowIfGreaterThan(value, Max);
                BinaryPrimitives.WriteUInt64BigEndian(destination, value | 0xC000_0000_0000_0000);
                return 8;
        }
    }

    /// <summary>Reads one value.</summary>
    public static VarintStatus Read(ReadOnlySpan<byte> source, out ulong value, out int length)
    {
        value = 0;
        length = 0;
        if (source.IsEmpty)
        {
            return VarintStatus.NeedMore;
        }

        int size = 1 << (source[0] >> 6);
        if (source.Length < size)
        {
            return VarintStatus.NeedMore;
        }

        value = size switch
        {
            1 => source[0],
            2 => BinaryPrimitives.ReadUInt16BigEndian(source) & 0x3FFFUL,
            4 => BinaryPrimitives.ReadUInt32BigEndian(source) & 0x3FFF_FFFFUL,
            _ => BinaryPrimitives.ReadUInt64BigEndian(source) & Max,
        };
        length = size;
        return Length(value) == size ? VarintStatus.Done : VarintStatus.Invalid;
    }
}
