using Railgun.Protocol.Frames;

namespace Railgun.Protocol.Tests.Frames;

/// <summary>Short ways to make bytes and to show them.</summary>
internal static class Bytes
{
    /// <summary>What <paramref name="write"/> writes.</summary>
    public static byte[] Of(Action<FrameBuffer> write)
    {
        using var buffer = new FrameBuffer(64);
        write(buffer);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>The bytes that hex digits stand for; blanks do not count.</summary>
    public static byte[] FromHex(string hex) => Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));

    /// <summary>Hex digits.</summary>
    public static string ToHex(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(bytes);
}
