using System.Numerics;

namespace Railgun.Protocol.Frames;

/// <summary>PADDING: zero bytes, skipped by whoever reads them. They bring what a stream has written up to one of few lengths (WIRE_FORMAT.md, section 9).</summary>
internal static class PaddingFrame
{
    /// <summary>No two lengths that a stream is padded to lie further apart than this, in bytes: what is so long, its time on the line tells.</summary>
    public const int MostApart = 64 * 1024;

    private const int Parts = 16;
    private const int MostAtOnce = 16_000;
    private const int ShortFrame = 2 + 63;

    /// <summary>
    /// The length that <paramref name="written"/> bytes are brought up to: a multiple of <paramref name="least"/>, and for longer ones of a 16th of the power of two
    /// below, so that it costs little of a long body.
    /// </summary>
    public static long LengthFor(long written, int least)
    {
        long apart = Math.Clamp((long)BitOperations.RoundUpToPowerOf2((ulong)written + 1) / 2 / Parts, least, Math.Max(least, MostApart));
        long missing = (apart - (written % apart)) % apart;
        return written + missing + (missing == 1 ? apart : 0); // no frame takes one byte
    }

    /// <summary>Appends frames of <paramref name="bytes"/> bytes in all, headers included; not 1.</summary>
    public static void Write(FrameBuffer output, int bytes)
    {
        while (bytes > 0)
        {
            int count = FrameOf(bytes);
            int payload = count - (count > ShortFrame ? 3 : 2);
            output.WriteHeader(new FrameHeader(FrameType.Padding, FrameFlags.None, 0), payload);
            output.GetSpan(payload)[..payload].Clear();
            output.Advance(payload);
            bytes -= count;
        }
    }

    // The size of the next frame: it leaves no single byte, and there is none of one byte more than the longest with a short length.
    private static int FrameOf(int bytes)
    {
        int count = Math.Min(bytes, MostAtOnce);
        return count == ShortFrame + 1 ? ShortFrame - 1 : bytes - count == 1 ? count - 1 : count;
    }
}
