using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Railgun.Protocol.Deltas.Fast;

/// <summary>Reads a segment's new bytes, which stand before its commands.</summary>
internal static unsafe class ByteReader
{
    /// <summary>How many symbols can be taken of <see cref="BitReading.Filled"/> bits.</summary>
    private const int AtOnce = BitReading.Filled / PrefixCode.MaxByteBits;

    private const int Shift = 64 - PrefixCode.MaxByteBits;

    /// <summary>Room behind the bytes that may be overwritten.</summary>
    public const int Slack = 16;

    /// <summary>Reads a few bytes from the bit <paramref name="bit"/> on; returns the bit behind them.</summary>
    public static ulong ReadFew(byte* at, ulong bit, ulong last, ulong* table, byte* to, int count)
    {
        int i = 0;
        for (; i <= count - AtOnce; i += AtOnce)
        {
            bit = Math.Min(last, ReadSome(at, bit, table, to + i));
        }

        for (; i < count; i++)
        {
            ulong entry = table[BitReading.Look(at, bit) >> Shift];
            to[i] = (byte)CodeTable.SymbolOf(entry);
            bit = Math.Min(last, bit + (entry & 63));
        }

        return bit;
    }

    /// <summary>Reads many bytes from four streams of their own, a quarter each; false if they do not lie within the payload.</summary>
    public static bool TryReadMany(byte* at, ref ulong bit, ulong last, ulong* table, byte* to, int count)
    {
        ulong head = (bit + 7) >> 3;
        if ((head + ByteStreams.HeadSize) << 3 > last)
        {
            return false;
        }

        ulong one = (head + ByteStreams.HeadSize) << 3;
        ulong two = one + LengthAt(at + head);
        ulong three = two + LengthAt(at + head + 2);
        ulong four = three + LengthAt(at + head + 4);
        if (four > last)
        {
            return false;
        }

        int quarter = ByteStreams.QuarterOf(count);
        int rest = count - (3 * quarter);
        int i = 0;
        for (; i <= rest - AtOnce; i += AtOnce)
        {
            // Four chains of dependent steps: the processor goes along them side by side.
            one = Math.Min(last, ReadSome(at, one, table, to + i));
            two = Math.Min(last, ReadSome(at, two, table, to + quarter + i));
            three = Math.Min(last, ReadSome(at, three, table, to + (2 * quarter) + i));
            four = Math.Min(last, ReadSome(at, four, table, to + (3 * quarter) + i));
        }

        ReadFew(at, one, last, table, to + i, quarter - i);
        ReadFew(at, two, last, table, to + quarter + i, quarter - i);
        ReadFew(at, three, last, table, to + (2 * quarter) + i, quarter - i);
        four = ReadFew(at, four, last, table, to + (3 * quarter) + i, rest - i);
        bit = Math.Min(last, (four + 7) & ~7ul);
        return true;
    }

    /// <summary>The length of a stream, in bits.</summary>
    private static ulong LengthAt(byte* at) => (ulong)BinaryPrimitives.ReadUInt16LittleEndian(new ReadOnlySpan<byte>(at, sizeof(ushort))) << 3;

    /// <summary>Reads <see cref="AtOnce"/> symbols from the bit <paramref name="bit"/> on; returns the bit behind them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong ReadSome(byte* at, ulong bit, ulong* table, byte* to)
    {
        ulong bits = BitReading.Look(at, bit);
        ulong a = table[bits >> Shift];
        bits <<= (int)a;
        ulong b = table[bits >> Shift];
        bits <<= (int)b;
        ulong c = table[bits >> Shift];
        bits <<= (int)c;
        ulong d = table[bits >> Shift];
        bits <<= (int)d;
        ulong e = table[bits >> Shift];
        to[0] = (byte)CodeTable.SymbolOf(a);
        to[1] = (byte)CodeTable.SymbolOf(b);
        to[2] = (byte)CodeTable.SymbolOf(c);
        to[3] = (byte)CodeTable.SymbolOf(d);
        to[4] = (byte)CodeTable.SymbolOf(e);
        return bit + ((a + b + c + d + e) & 63);
    }
}
