using Railgun.Protocol.Engine;
using Railgun.Protocol.Frames;
using Railgun.Protocol.Tests.Frames;
using Railgun.Protocol.Versions;

namespace Railgun.Protocol.Tests.Engine;

/// <summary>What ends a lane, and with which code.</summary>
internal sealed class LaneRuleTests
{
    [TestCase("0000", LaneCode.Protocol, TestName = "Type 0")]
    [TestCase("0600", LaneCode.Protocol, TestName = "Unknown type 0x06 of the lane")]
    [TestCase("0700", LaneCode.Protocol, TestName = "Unknown type 0x07 of the lane")]
    [TestCase("13020200", LaneCode.Protocol, TestName = "A signature for a stream that was never opened")]
    [TestCase("14020101", LaneCode.Protocol, TestName = "A want for a signature towards the sender")]
    [TestCase("150101", LaneCode.Protocol, TestName = "Unknown type 0x15 of a stream")]
    [TestCase("170101", LaneCode.Protocol, TestName = "Unknown type 0x17 of a stream")]
    [TestCase("0b020201", LaneCode.Protocol, TestName = "Data for a stream that was never opened")]
    [TestCase("12020201", LaneCode.Protocol, TestName = "A reset for a stream that was never opened")]
    [TestCase("0e020201", LaneCode.Protocol, TestName = "A window for a stream that was never opened")]
    [TestCase("0c0102", LaneCode.Protocol, TestName = "Trailers for a stream that was never opened")]
    [TestCase("0d0101", LaneCode.Protocol, TestName = "More of a head where none has begun")]
    [TestCase("09020100", LaneCode.Protocol, TestName = "A response towards the sender")]
    [TestCase("0a0101", LaneCode.Protocol, TestName = "An informational response towards the sender")]
    [TestCase("1103010100", LaneCode.Protocol, TestName = "A rest towards the sender")]
    [TestCase("0307 01020304050607", LaneCode.Protocol, TestName = "A ping that is too short by one")]
    [TestCase("0309 010203040506070809", LaneCode.Protocol, TestName = "A ping that is too long by one")]
    [TestCase("040100", LaneCode.FlowControl, TestName = "An empty increment of the lane's window")]
    [TestCase("0408c000000040000000", LaneCode.FlowControl, TestName = "The lane's window above its largest")]
    [TestCase("04020101", LaneCode.FlowControl, TestName = "An increment with a byte behind")]
    [TestCase("0e020100", LaneCode.FlowControl, TestName = "An empty increment of a stream's window")]
    [TestCase("0e0901c000000040000000", LaneCode.FlowControl, TestName = "A stream's window above its largest")]
    [TestCase("0e0901c000000040000001", LaneCode.FlowControl, TestName = "An increment above the largest window")]
    [TestCase("0501 01", LaneCode.Protocol, TestName = "A go-away that is cut")]
    [TestCase("12020101", LaneCode.Protocol, TestName = "A reset that is cut")]
    [TestCase("0f0101", LaneCode.Protocol, TestName = "Verified without an offset")]
    [TestCase("10020101", LaneCode.Protocol, TestName = "A want for the rest without an offset")]
    [TestCase("0800", LaneCode.Protocol, TestName = "A request without a stream")]
    [TestCase("08020200", LaneCode.Protocol, TestName = "A request that is cut before its offers")]
    [TestCase("08030100 00", LaneCode.Protocol, TestName = "A request on a stream that was opened before")]
    [TestCase("08030200 08", LaneCode.Protocol, TestName = "A request with eight offers")]
    [TestCase("0b80004009", LaneCode.LimitExceeded, TestName = "A frame longer than any")]
    public void Ends_a_senders_lane(string hex, LaneCode code)
    {
        using var lane = new RawLane(LinkRole.Sender);
        lane.SendRequest(1);
        lane.Send(Bytes.FromHex(hex));
        AssertEnd(lane, code);
    }

    [TestCase("08020100", LaneCode.Protocol, TestName = "A request towards the listener")]
    [TestCase("0f020100", LaneCode.Protocol, TestName = "Verified towards the listener")]
    [TestCase("1003010100", LaneCode.Protocol, TestName = "A want for the rest towards the listener")]
    [TestCase("13020101", LaneCode.Protocol, TestName = "A signature towards the listener")]
    [TestCase("140101", LaneCode.Protocol, TestName = "A want for a signature without an offer")]
    [TestCase("0b020100", LaneCode.Protocol, TestName = "Data before the response's head")]
    [TestCase("090101", LaneCode.Protocol, TestName = "An empty response")]
    [TestCase("0b020200", LaneCode.Protocol, TestName = "Data for a stream that was not opened")]
    [TestCase("09020101 ", LaneCode.HeadCoding, TestName = "A response without a status")]
    public void Ends_a_listeners_lane(string hex, LaneCode code)
    {
        using var lane = new RawLane(LinkRole.Listener);
        lane.Open();
        lane.Send(Bytes.FromHex(hex));
        AssertEnd(lane, code);
    }

    [Test]
    public void A_reserved_flag_ends_the_lane()
    {
        for (int type = 0; type < (int)FrameType.FirstSkippable; type++)
        {
            for (int flag = 1; flag <= 4; flag <<= 1)
            {
                if ((FlagRules.Allowed((FrameType)type) & (FrameFlags)flag) == 0)
                {
                    using var lane = new RawLane(LinkRole.Sender);
                    lane.SendRequest(1, FrameFlags.None);
                    lane.SendFrame((FrameType)type, (FrameFlags)flag, 1, new byte[8]);
                    AssertEnd(lane, LaneCode.Protocol);
                    Assert.That(lane.Engine.End!.Text, Does.Contain("flag"), $"type {type:x2}, flag {flag}");
                }
            }
        }
    }

    [Test]
    public void A_type_that_may_be_skipped_is_skipped_with_any_flags_and_any_payload()
    {
        using var lane = new RawLane(LinkRole.Sender);
        for (int type = (int)FrameType.FirstSkippable; type < 32; type++)
        {
            lane.SendFrame((FrameType)type, (FrameFlags)7, 0, new byte[type]);
        }

        lane.SendRequest(1);
        Assert.That(lane.Engine.TryAccept(out _), Is.True);
    }

    [TestCase(FrameType.Ping, 0u)]
    [TestCase(FrameType.Data, 1u)]
    [TestCase(FrameType.Request, 3u)]
    [TestCase(FrameType.HeadMore, 1u)]
    public void Inside_a_head_block_only_its_own_next_part_may_come(FrameType type, uint stream)
    {
        using var lane = new RawLane(LinkRole.Sender);
        lane.SendRequest(1);
        lane.SendFrame(FrameType.Request, FrameFlags.More, 2, 0, 0);
        lane.SendFrame(type, FrameFlags.None, stream, new byte[8]);
        AssertEnd(lane, LaneCode.Protocol);
    }

    [Test]
    public void Skippable_frames_may_come_inside_a_head_block()
    {
        using var lane = new RawLane(LinkRole.Sender);
        byte[] block = [0, 0, .. Heads.Blocks.Request(new Railgun.Protocol.Heads.HeadEncoder(65536))];
        lane.SendFrame(FrameType.Request, FrameFlags.More | FrameFlags.End, 1, block[..3]);
        lane.SendFrame((FrameType)0x18, FrameFlags.None, 0);
        lane.SendFrame(FrameType.HeadMore, FrameFlags.More, 1, block[3..4]);
        lane.SendFrame(FrameType.HeadMore, FrameFlags.None, 1, block[4..]);
        Assert.That(lane.Engine.TryAccept(out StreamCore? stream), Is.True);
        Assert.That((stream!.Request!.Target, stream.EndReceived), Is.EqualTo(("/", true)));
    }

    [Test]
    public void A_head_block_without_an_end_is_cut_off()
    {
        using var lane = new RawLane(LinkRole.Sender);
        lane.SendFrame(FrameType.Request, FrameFlags.More, 1, new byte[Limits.MaxFramePayload]);
        for (int i = 0; i < 8 && lane.Engine.State == LaneState.Open; i++)
        {
            lane.SendFrame(FrameType.HeadMore, FrameFlags.More, 1, new byte[Limits.MaxFramePayload]);
        }

        AssertEnd(lane, LaneCode.LimitExceeded);
    }

    [Test]
    public void A_second_response_ends_the_lane()
    {
        using var lane = new RawLane(LinkRole.Listener);
        lane.Open();
        lane.SendResponse(1);
        lane.SendResponse(1);
        AssertEnd(lane, LaneCode.Protocol);
    }

    [TestCase(0x05)]
    [TestCase(0x23)]
    [TestCase(0x11)]
    public void A_response_against_what_was_not_offered_ends_the_lane(byte coding)
    {
        using var lane = new RawLane(LinkRole.Listener);
        lane.Open(VersionName.Of("base"u8));
        lane.SendResponse(1, coding);
        AssertEnd(lane, LaneCode.Protocol);
    }

    [Test]
    public void An_informational_response_after_the_final_one_ends_the_lane()
    {
        using var lane = new RawLane(LinkRole.Listener);
        lane.Open();
        var encoder = new Railgun.Protocol.Heads.HeadEncoder(65536);
        lane.SendFrame(FrameType.Response, FrameFlags.None, 1, [0, .. Heads.Blocks.Response(encoder)]);
        lane.SendFrame(FrameType.Informational, FrameFlags.None, 1, Heads.Blocks.Response(encoder, 103, Railgun.Protocol.Heads.HeadKind.Informational));
        AssertEnd(lane, LaneCode.Protocol);
    }

    [Test]
    public void Trailers_before_the_response_end_the_lane()
    {
        using var lane = new RawLane(LinkRole.Listener);
        lane.Open();
        lane.SendFrame(FrameType.Trailers, FrameFlags.None, 1, Heads.Blocks.Trailers(new Railgun.Protocol.Heads.HeadEncoder(65536), "x-sum", "1"));
        AssertEnd(lane, LaneCode.Protocol);
    }

    [Test]
    public void Data_after_the_end_ends_the_lane()
    {
        using var lane = new RawLane(LinkRole.Sender);
        lane.SendRequest(1);
        lane.SendFrame(FrameType.Data, FrameFlags.None, 1, 1);
        AssertEnd(lane, LaneCode.Protocol);
    }

    [Test]
    public void Pings_that_nobody_reads_the_answers_of_end_the_lane()
    {
        using var lane = new RawLane(LinkRole.Sender);
        for (int i = 0; i <= LaneOutbound.MaxControlFrames && lane.Engine.State == LaneState.Open; i++)
        {
            lane.SendFrame(FrameType.Ping, FrameFlags.None, 0, new byte[8]);
        }

        AssertEnd(lane, LaneCode.LimitExceeded);
    }

    [Test]
    public void A_closed_lane_takes_nothing_and_says_why_once()
    {
        using var lane = new RawLane(LinkRole.Sender);
        lane.Send(0x00, 0x00);
        lane.SendRequest(1);
        Assert.That(lane.Engine.TryAccept(out _), Is.False);
        Assert.That(lane.Frames().Select(f => f.Header.Type), Is.EqualTo(new[] { FrameType.GoAway }));
        Assert.That(lane.Engine.HasOutput, Is.False);
    }

    private static void AssertEnd(RawLane lane, LaneCode code)
    {
        Assert.That((lane.Engine.State, lane.Engine.End?.Code, lane.Engine.End?.ByPeer), Is.EqualTo((LaneState.Closed, (LaneCode?)code, (bool?)false)));
        (FrameHeader header, byte[] payload) = lane.Frames()[^1];
        Assert.That((header.Type, payload[1]), Is.EqualTo((FrameType.GoAway, (byte)code)));
    }
}
