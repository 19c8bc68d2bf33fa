using Railgun.Listener.Rebuilding;

namespace Railgun.Listener.Tests.Rebuilding;

internal sealed class ZstdSegmentDecoderTests
{
    /// <summary>The window descriptor (RFC 8878 section 3.1.1.1.2): five bits of exponent above 1 KiB, three of mantissa.</summary>
    [TestCase((byte)((ZstdSegmentDecoder.MaxWindowLog - 10) << 3), true, TestName = "A window of 8 MiB is taken")]
    [TestCase((byte)(((ZstdSegmentDecoder.MaxWindowLog - 10) << 3) + 1), false, TestName = "The next larger window is refused")]
    public void A_frame_has_a_largest_window(byte window, bool taken)
    {
        // A frame whose head says its window and not its length, with one last block: a byte as it is.
        byte[] frame = [0x28, 0xB5, 0x2F, 0xFD, 0x00, window, 0x09, 0x00, 0x00, (byte)'x'];
        byte[] output = new byte[100];
        using var decoder = new ZstdSegmentDecoder();
        decoder.Start();
        Assert.That(decoder.TryDecode(frame, endsSegment: true, output, out int written), Is.EqualTo(taken));
        Assert.That(output[..written], taken ? Is.EqualTo("x"u8.ToArray()) : Is.Empty);
    }
}
