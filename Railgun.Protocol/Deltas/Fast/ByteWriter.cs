using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Railgun.Protocol.Deltas.Fast;

/// <summary>Writes a segment's new bytes, which stand before its commands.</summary>
internal static unsafe class ByteWriter
{
    /// <summary>How many are written between two looks at the room.</summary>
    private const int Chunk = 256;

    /// <summary>Room that so many want: also those of a segment that has fewer than <see cref="FastHead.Many"/>, with all that stands before them.</summary>
    public const int MostPerChunk = (Chunk * PrefixCode.MaxByteBits / 8) + (2 * BitWriter.Slack);

    /// <summary>Puts bytes behind what has been put.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Put(ref BitWriter writer, ushort* codes, byte* bytes, int count)
    {
        int i = 0;
        for (; i <= count - 4; i += 4)
        {
            PutOne(ref writer, codes[bytes[i]]);
            PutOne(ref writer, codes[bytes[i + 1]]);
            PutOne(ref writer, codes[bytes[i + 2]]);
            PutOne(ref writer, codes[bytes[i + 3]]);
            writer.Flush();
        }

        for (; i < count; i++)
        {
            PutOne(ref writer, codes[bytes[i]]);
        }

        writer.Flush();
    }

    /// <summary>Writes four streams of a quarter each at <paramref name="output"/>; returns where they end, null if there is no room for them.</summary>
    public static byte* WriteMany(byte* output, byte* outputEnd, RoundCodes codes, byte* bytes, int count)
    {
        int quarter = ByteStreams.QuarterOf(count);
        byte* at = output + ByteStreams.HeadSize;
        for (int stream = 0; stream < ByteStreams.Count; stream++)
        {
            byte* begin = at;
            int these = Math.Min(quarter, count - (stream * quarter));
            at = WriteStream(at, outputEnd, codes, bytes + (stream * quarter), these, quarter);
            if (at == null)
            {
                return null;
            }

            if (stream < 3)
            {
                BinaryPrimitives.WriteUInt16LittleEndian(new Span<byte>(output + (2 * stream), 2), (ushort)(at - begin));
            }
        }

        return at;
    }

    private static byte* WriteStream(byte* at, byte* end, RoundCodes codes, byte* bytes, int count, int quarter)
    {
        var writer = new BitWriter(at);
        int done = 0;
        for (int round = 0; done < count; round++)
        {
            int roundEnd = Math.Min(count, ByteStreams.EndOfRound(done, quarter));
            while (done < roundEnd)
            {
                if (end - at - writer.Count < MostPerChunk)
                {
                    return null;
                }

                int some = Math.Min(Chunk, roundEnd - done);
                Put(ref writer, codes[round], bytes + done, some);
                done += some;
            }
        }

        return at + writer.Align();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void PutOne(ref BitWriter writer, int code) => writer.Put((uint)code >> 4, code & 15);
}
