using Railgun.Protocol.Engine;
using Railgun.Protocol.Frames;

namespace Railgun.Protocol.Tests.Frames;

internal sealed class SmallFrameTests
{
    [Test]
    public void A_ping_has_eight_bytes()
    {
        Assert.That(PingFrame.TryRead(Bytes.FromHex("0102030405060708"), out ulong opaque), Is.True);
        Assert.That(opaque, Is.EqualTo(0x0102030405060708UL));
        Assert.That(PingFrame.TryRead(new byte[7], out _), Is.False);
        Assert.That(PingFrame.TryRead(new byte[9], out _), Is.False);
    }

    [TestCase("00", true)]
    [TestCase("4040", true)]
    [TestCase("", false)]
    [TestCase("40", false)]
    [TestCase("4001", false)]
    [TestCase("0000", false)]
    public void One_number_fills_its_payload(string hex, bool taken) =>
        Assert.That(NumberFrame.TryRead(Bytes.FromHex(hex), out _), Is.EqualTo(taken));

    [TestCase("0102", true)]
    [TestCase("01", false)]
    [TestCase("010203", false)]
    [TestCase("0140", false)]
    public void Two_numbers_fill_their_payload(string hex, bool taken) =>
        Assert.That(NumberFrame.TryRead(Bytes.FromHex(hex), out _, out _), Is.EqualTo(taken));

    [Test]
    public void A_go_away_comes_back_and_an_unknown_code_is_internal()
    {
        byte[] payload = Payload(b => GoAwayFrame.Write(b, uint.MaxValue, LaneCode.Silent, "no word"));
        Assert.That(GoAwayFrame.TryRead(payload, out uint last, out LaneCode code, out string text), Is.True);
        Assert.That((last, code, text), Is.EqualTo((uint.MaxValue, LaneCode.Silent, "no word")));
        payload[8] = 8;
        Assert.That(GoAwayFrame.TryRead(payload, out _, out code, out _), Is.True);
        Assert.That(code, Is.EqualTo(LaneCode.Internal));
    }

    [Test]
    public void A_go_away_that_is_cut_or_too_long_or_names_no_stream_is_malformed()
    {
        Assert.That(GoAwayFrame.TryRead([1], out _, out _, out _), Is.False);
        Assert.That(GoAwayFrame.TryRead([1, 0, .. new byte[512]], out _, out _, out _), Is.True);
        Assert.That(GoAwayFrame.TryRead([1, 0, .. new byte[513]], out _, out _, out _), Is.False);
        Assert.That(GoAwayFrame.TryRead(Bytes.FromHex("c000000100000000 00"), out _, out _, out _), Is.False);
    }

    [TestCase("0503", Stage.Origin, ResetCode.Refused)]
    [TestCase("0108", Stage.Client, ResetCode.StreamProtocol)]
    [TestCase("0003", Stage.Link, ResetCode.Refused, TestName = "An unknown stage below the first")]
    [TestCase("0603", Stage.Link, ResetCode.Refused, TestName = "An unknown stage above the last")]
    [TestCase("0200", Stage.Listener, ResetCode.Internal, TestName = "An unknown code below the first")]
    [TestCase("0209", Stage.Listener, ResetCode.Internal, TestName = "The code that is never on the wire")]
    [TestCase("02ff", Stage.Listener, ResetCode.Internal, TestName = "An unknown code above the last")]
    public void A_reset_is_read(string hex, Stage stage, ResetCode code)
    {
        Assert.That(ResetFrame.TryRead(Bytes.FromHex(hex), out Stage readStage, out ResetCode readCode, out string text), Is.True);
        Assert.That((readStage, readCode, text), Is.EqualTo((stage, code, "")));
    }

    [Test]
    public void A_reset_that_is_cut_or_too_long_is_malformed()
    {
        Assert.That(ResetFrame.TryRead([1], out _, out _, out _), Is.False);
        Assert.That(ResetFrame.TryRead([1, 1, .. new byte[200]], out _, out _, out _), Is.True);
        Assert.That(ResetFrame.TryRead([1, 1, .. new byte[201]], out _, out _, out _), Is.False);
    }

    [Test]
    public void A_long_text_is_cut_by_its_writer() =>
        Assert.That(Payload(b => ResetFrame.Write(b, 1, Stage.Link, ResetCode.Internal, new string('x', 1000))), Has.Length.EqualTo(202));

    [TestCase("0000000000000001 00", true)]
    [TestCase("0000000000000001 80020000", true, TestName = "The longest segment")]
    [TestCase("0000000000000001 80020001", false, TestName = "A segment too long by one")]
    [TestCase("00000000000001 00", false, TestName = "A check too short by one")]
    [TestCase("0000000000000001", false, TestName = "No length")]
    public void A_segments_check_is_read_or_not(string hex, bool taken)
    {
        var reader = new FrameReader(Bytes.FromHex(hex));
        Assert.That(SegmentCheck.TryRead(ref reader, out _, out _), Is.EqualTo(taken));
    }

    /// <summary>The payload of the one frame written.</summary>
    private static byte[] Payload(Action<FrameBuffer> write)
    {
        byte[] frame = Bytes.Of(write);
        Assert.That(FrameHeader.Read(frame, out _, out ReadOnlySpan<byte> payload, out int length), Is.EqualTo(FrameStatus.Done));
        Assert.That(length, Is.EqualTo(frame.Length));
        return payload.ToArray();
    }
}
