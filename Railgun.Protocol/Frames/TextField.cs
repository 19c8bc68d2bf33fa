using System.Text;

namespace Railgun.Protocol.Frames;

/// <summary>Text for people inside frames: UTF-8, cut at a whole character where it is longer than the field allows.</summary>
internal static class TextField
{
    /// <summary>Appends length and bytes.</summary>
    public static void Write(FrameBuffer output, string text, int max)
    {
        Span<byte> bytes = stackalloc byte[max];
        Encoding.UTF8.GetEncoder().Convert(text, bytes, flush: true, out _, out int used, out _);
        output.WriteVarint((ulong)used);
        output.Write(bytes[..used]);
    }

    /// <summary>Encodes without a length into <paramref name="destination"/>; returns how many bytes.</summary>
    public static int Encode(string text, Span<byte> destination)
    {
        Encoding.UTF8.GetEncoder().Convert(text, destination, flush: true, out _, out int used, out _);
        return used;
    }
}
