using Railgun.Protocol.Frames;

namespace Railgun.Protocol.Tests.Frames;

/// <summary>Padding: which lengths there are, and frames of exactly so many bytes.</summary>
internal sealed class PaddingFrameTests
{
    [TestCase(1, 256, 256)]
    [TestCase(254, 256, 256)]
    [TestCase(255, 256, 512, TestName = "One byte is missing, and no frame takes one")]
    [TestCase(256, 256, 256)]
    [TestCase(257, 256, 512)]
    [TestCase(8193, 256, 8704)]
    [TestCase(1_000_000, 256, 1_015_808)]
    [TestCase(100_000_000, 256, 100_007_936)]
    public void A_length_is_brought_up_to_one_of_few(long written, int least, long expected) =>
        Assert.That(PaddingFrame.LengthFor(written, least), Is.EqualTo(expected));

    [Test]
    public void What_is_padded_stays_as_it_is()
    {
        for (long written = 1; written < 200_000; written += 37)
        {
            long padded = PaddingFrame.LengthFor(written, 256);
            Assert.That(PaddingFrame.LengthFor(padded, 256), Is.EqualTo(padded), $"{written}");
        }
    }

    [Test]
    public void Frames_take_exactly_the_bytes_asked_for_and_all_are_zero()
    {
        using var output = new FrameBuffer(64);
        foreach (int bytes in Enumerable.Range(2, 300).Append(15_999).Concat(Enumerable.Range(15_999, 200)).Append(131_072))
        {
            output.Clear();
            PaddingFrame.Write(output, bytes);
            Assert.That(output.Length, Is.EqualTo(bytes));
            AssertFrames(output.WrittenSpan);
        }
    }

    private static void AssertFrames(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            Assert.That(FrameHeader.Read(bytes, out FrameHeader header, out ReadOnlySpan<byte> payload, out int length), Is.EqualTo(FrameStatus.Done));
            Assert.That(header.Type, Is.EqualTo(FrameType.Padding));
            Assert.That(payload.ContainsAnyExcept((byte)0), Is.False);
            bytes = bytes[length..];
        }
    }
}
