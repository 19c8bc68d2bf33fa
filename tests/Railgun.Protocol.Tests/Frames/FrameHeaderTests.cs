using Railgun.Protocol.Engine;
using Railgun.Protocol.Frames;

namespace Railgun.Protocol.Tests.Frames;

internal sealed class FrameHeaderTests
{
    [TestCase(FrameType.Ping, FrameFlags.None, 0u, 8, "0308")]
    [TestCase(FrameType.Ping, FrameFlags.End, 0u, 8, "2308")]
    [TestCase(FrameType.Data, FrameFlags.End | FrameFlags.Mark, 1u, 0, "ab0101")]
    [TestCase(FrameType.Data, FrameFlags.None, 64u, 100, "0b40664040")]
    [TestCase(FrameType.Reset, FrameFlags.None, uint.MaxValue, 2, "120ac0000000ffffffff")]
    public void A_header_is_what_the_format_says(FrameType type, FrameFlags flags, uint stream, int payload, string hex)
    {
        var header = new FrameHeader(type, flags, stream);
        byte[] frame = [.. Bytes.FromHex(hex), .. new byte[payload]];
        Assert.That(Bytes.ToHex(Bytes.Of(b => b.WriteHeader(header, payload))), Is.EqualTo(hex));
        Assert.That(header.Size(payload), Is.EqualTo(hex.Length / 2));
        Assert.That(FrameHeader.Read(frame, out FrameHeader read, out ReadOnlySpan<byte> rest, out int length), Is.EqualTo(FrameStatus.Done));
        Assert.That((read, rest.Length, length), Is.EqualTo((header, payload, frame.Length)));
    }

    [Test]
    public void The_longest_payload_fills_its_room([Values(1u, 63u, 64u, 20_000u, uint.MaxValue)] uint stream, [Range(64, 80)] int room, [Values(0, 16_304, 16_320)] int more)
    {
        var header = new FrameHeader(FrameType.Data, FrameFlags.None, stream);
        int payload = header.LongestPayload(room + more);
        Assert.That(header.Size(payload) + payload, Is.LessThanOrEqualTo(room + more));
        // Where the form of the length changes some bytes are left.
        Assert.That(header.Size(payload + 3) + payload + 3, Is.GreaterThan(room + more));
    }

    [Test]
    public void Each_cut_needs_more_and_says_how_much_at_least()
    {
        byte[] frame = [.. Bytes.FromHex("0b40664040"), .. new byte[100]];
        for (int length = 0; length < frame.Length; length++)
        {
            Assert.That(FrameHeader.Read(frame.AsSpan(0, length), out _, out _, out int needed), Is.EqualTo(FrameStatus.NeedMore));
            Assert.That(needed, Is.GreaterThan(length).And.LessThanOrEqualTo(frame.Length));
        }
    }

    [TestCase("0b00", TestName = "No stream where there must be one")]
    [TestCase("0b0100", TestName = "Stream zero")]
    [TestCase("0b08c000000100000000", TestName = "A stream above the largest by one")]
    [TestCase("0b024001", TestName = "A stream in a longer form than needed")]
    [TestCase("034008", TestName = "A length in a longer form than needed")]
    [TestCase("0b0140", TestName = "A stream longer than the frame")]
    public void Is_malformed(string hex) =>
        Assert.That(FrameHeader.Read(Bytes.FromHex(hex), out _, out _, out _), Is.EqualTo(FrameStatus.Malformed));

    [TestCase(FrameType.Data, 1u)]
    [TestCase(FrameType.Data, uint.MaxValue)]
    [TestCase(FrameType.FirstSkippable, 0u)]
    [TestCase(FrameType.GoAway, 0u)]
    public void The_longest_payload_is_read_and_one_byte_more_is_too_long(FrameType type, uint stream)
    {
        Assert.That(Status(type, stream, Limits.MaxFramePayload), Is.EqualTo(FrameStatus.Done));
        Assert.That(Status(type, stream, Limits.MaxFramePayload + 1), Is.EqualTo(FrameStatus.TooLong));
    }

    [TestCase("03 80 00 40 09")]
    [TestCase("0b ff ff ff ff ff ff ff ff")]
    public void A_length_that_no_frame_can_have_is_too_long_before_the_frame_has_come(string hex) =>
        Assert.That(FrameHeader.Read(Bytes.FromHex(hex), out _, out _, out _), Is.EqualTo(FrameStatus.TooLong));

    private static FrameStatus Status(FrameType type, uint stream, int payload)
    {
        byte[] frame = [.. Bytes.Of(b => b.WriteHeader(new FrameHeader(type, FrameFlags.None, stream), payload)), .. new byte[payload]];
        return FrameHeader.Read(frame, out _, out _, out _);
    }
}
