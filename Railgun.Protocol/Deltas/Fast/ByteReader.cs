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
    public const int Slack = UsualCommands.ShortRun;

    /// <summary>Reads a few bytes from the bit <paramref name="bit"/> on; returns the bit behind them.</summary>
    public static ulong ReadFew(byte* at, ulong bit, ulong last, ushort* table, byte* to, int count)
    {
        int i = 0;
        for (; i <= count - AtOnce; i += AtOnce)
        {
            bit = Math.Min(last, ReadSome(at, bit, table, to + i));
        }

        for (; i < count; i++)
        {
            uint entry = table[BitReading.Look(at, bit) >> Shift];
            to[i] = (byte)CodeTable.SymbolOf(entry);
            bit = Math.Min(last, bit + CodeTable.SizeOf(entry));
        }

        return bit;
    }

    /// <summary>Reads many bytes from four streams of their own, a quarter each; returns the bits where the two streams of commands begin.</summary>
    public static (ulong First, ulong Second) ReadMany(byte* at, ulong bit, ulong last, FastModel model, byte* to, int count)
    {
        byte* head = at + (Math.Min(bit + 7, last) >> 3);
        ulong one = Math.Min(last, ((ulong)(head - at) + ByteStreams.HeadSize) << 3);
        ulong two = Math.Min(last, one + LengthAt(head));
        ulong three = Math.Min(last, two + LengthAt(head + 2));
        ulong four = Math.Min(last, three + LengthAt(head + 4));
        int quarter = ByteStreams.QuarterOf(count);
        int rest = count - (3 * quarter);
        int i = 0;
        while (true)
        {
            int begin = i;
            int end = ByteStreams.EndOfRound(begin, quarter);
            int lastEnd = Math.Min(end, rest);
            ushort* table = model.Bytes.View.Table;
            for (; i <= lastEnd - AtOnce; i += AtOnce)
            {
                // Four chains of dependent steps: the processor goes along them side by side.
                one = Math.Min(last, ReadSome(at, one, table, to + i));
                two = Math.Min(last, ReadSome(at, two, table, to + quarter + i));
                three = Math.Min(last, ReadSome(at, three, table, to + (2 * quarter) + i));
                four = Math.Min(last, ReadSome(at, four, table, to + (3 * quarter) + i));
            }

            one = ReadFew(at, one, last, table, to + i, end - i);
            two = ReadFew(at, two, last, table, to + quarter + i, end - i);
            three = ReadFew(at, three, last, table, to + (2 * quarter) + i, end - i);
            four = ReadFew(at, four, last, table, to + (3 * quarter) + i, lastEnd - i);
            if (end == quarter)
            {
                break;
            }

            i = end;
            model.EndRound(to, count, begin, end);
        }

        ulong first = Math.Min(last, (four + 7) & ~7ul);
        ulong length = BinaryPrimitives.ReadUInt32LittleEndian(new ReadOnlySpan<byte>(head + ByteStreams.CommandsAt, sizeof(uint))) & 0xFFFFFF;
        return (first, Math.Min(last, first + (length << 3)));
    }

    /// <summary>The length of a stream, in bits.</summary>
    private static ulong LengthAt(byte* at) => (ulong)BinaryPrimitives.ReadUInt16LittleEndian(new ReadOnlySpan<byte>(at, sizeof(ushort))) << 3;

    /// <summary>Reads <see cref="AtOnce"/> symbols from the bit <paramref name="bit"/> on; returns the bit behind them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong ReadSome(byte* at, ulong bit, ushort* table, byte* to)
    {
        ulong bits = BitReading.Look(at, bit);
        uint a = table[bits >> Shift];
        bits <<= (int)a;
        uint b = table[bits >> Shift];
        bits <<= (int)b;
        uint c = table[bits >> Shift];
        bits <<= (int)c;
        uint d = table[bits >> Shift];
        bits <<= (int)d;
        uint e = table[bits >> Shift];
        to[0] = (byte)CodeTable.SymbolOf(a);
        to[1] = (byte)CodeTable.SymbolOf(b);
        to[2] = (byte)CodeTable.SymbolOf(c);
        to[3] = (byte)CodeTable.SymbolOf(d);
        to[4] = (byte)CodeTable.SymbolOf(e);
        return bit + CodeTable.SizeOf(a + b + c + d + e);
    }
}
