using Railgun.Protocol.Engine;
using Railgun.Protocol.Versions;

namespace Railgun.Protocol.Frames;

/// <summary>
/// What REQUEST says before its head block.
/// <code>
/// exchange (zigzag v) | offers (v) | offer* : distance (v), and if it is 0 the name (32)
/// </code>
/// The exchange's number is told as the difference from the lane's last one plus one. An offer's distance d above 0 means: the body of the
/// stream numbered this stream - d.
/// </summary>
internal static class RequestPrefix
{
    /// <summary>Appends it.</summary>
    public static void Write(FrameBuffer output, long exchangeStep, ReadOnlySpan<VersionRef> offers, uint stream)
    {
        output.WriteVarint(ZigZag(exchangeStep));
        output.WriteVarint((ulong)offers.Length);
        Span<byte> name = stackalloc byte[VersionName.Size];
        foreach (VersionRef offer in offers)
        {
            output.WriteVarint(offer.Stream == 0 ? 0 : stream - offer.Stream);
            if (offer.Stream == 0)
            {
                offer.Name.CopyTo(name);
                output.Write(name);
            }
        }
    }

    /// <summary>Reads it; the head block is what <paramref name="reader"/> has left. Returns how many offers, or -1 if it is malformed.</summary>
    public static int Read(ref FrameReader reader, uint stream, scoped Span<VersionRef> offers, out long exchangeStep)
    {
        exchangeStep = UnZigZag(reader.Varint());
        int count = (int)reader.Varint((ulong)offers.Length);
        for (int i = 0; i < count && !reader.Failed; i++)
        {
            uint distance = (uint)reader.Varint(stream - 1);
            offers[i] = distance > 0
                ? new VersionRef(stream - distance, default)
                : ReadName(ref reader);
        }

        return reader.Failed ? -1 : count;
    }

    private static VersionRef ReadName(ref FrameReader reader)
    {
        ReadOnlySpan<byte> name = reader.Bytes(VersionName.Size);
        return reader.Failed ? default : new VersionRef(0, new VersionName(name));
    }

    private static ulong ZigZag(long value) => ((ulong)(value << 1) ^ (ulong)(value >> 63)) & Varint.Max;

    private static long UnZigZag(ulong value) => (long)(value >> 1) ^ -(long)(value & 1);
}
