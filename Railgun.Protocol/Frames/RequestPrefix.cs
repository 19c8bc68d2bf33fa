using Railgun.Protocol.Engine;
using Railgun.Protocol.Versions;

namespace Railgun.Protocol.Frames;

/// <summary>
/// What REQUEST says before its head block.
/// <code>
/// exchange (zigzag v) | offers (v), 4 more for fresh bodies | offer* : distance (v), and if it is 0 the name (32)
/// </code>
/// The exchange's number is told as the difference from the lane's last one plus one. An offer's distance d above 0 means: the body of the
/// exchange numbered this one - d.
/// </summary>
internal static class RequestPrefix
{
    private const ulong Fresh = 4;

    /// <summary>Appends it.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="last">The exchange of the lane's REQUEST before; 0 for the first.</param>
    /// <param name="exchange">This one.</param>
    /// <param name="offers">What is offered; those by exchange by an earlier one.</param>
    /// <param name="fresh">Whether the answer may be coded against a fresh body.</param>
    public static void Write(FrameBuffer output, ulong last, ulong exchange, ReadOnlySpan<VersionRef> offers, bool fresh = false)
    {
        output.WriteVarint(ZigZag.Of((long)(exchange - last - 1)));
        output.WriteVarint((uint)offers.Length + (fresh ? Fresh : 0));
        Span<byte> name = stackalloc byte[VersionName.Size];
        foreach (VersionRef offer in offers)
        {
            output.WriteVarint(offer.Exchange == 0 ? 0 : exchange - offer.Exchange);
            if (offer.Exchange == 0)
            {
                offer.Name.CopyTo(name);
                output.Write(name);
            }
        }
    }

    /// <summary>Reads it; the head block is what <paramref name="reader"/> has left. Returns how many offers, or -1 if it is malformed.</summary>
    public static int Read(ref FrameReader reader, ulong last, scoped Span<VersionRef> offers, out ulong exchange, out bool fresh)
    {
        fresh = false;
        exchange = last + (ulong)ZigZag.Back(reader.Varint()) + 1;
        if (exchange is 0 or > Varint.Max)
        {
            return -1;
        }

        ulong told = reader.Varint(Fresh + (uint)offers.Length);
        fresh = (told & Fresh) != 0;
        int count = (int)(told & ~Fresh);
        for (int i = 0; i < count && !reader.Failed; i++)
        {
            ulong distance = reader.Varint(exchange - 1);
            offers[i] = distance > 0
                ? new VersionRef(exchange - distance, default)
                : ReadName(ref reader);
        }

        return reader.Failed ? -1 : count;
    }

    private static VersionRef ReadName(ref FrameReader reader)
    {
        ReadOnlySpan<byte> name = reader.Bytes(VersionName.Size);
        return reader.Failed ? default : new VersionRef(0, new VersionName(name));
    }
}
