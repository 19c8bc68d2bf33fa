using Railgun.Protocol.Engine;
using Railgun.Protocol.Frames;

namespace Railgun.Protocol.Tests.Engine;

internal sealed class GreetingTests
{
    [Test]
    public void Both_sides_open_and_know_each_other()
    {
        using var pair = new LanePair();
        Assert.That((pair.Listener.Peer!.Role, pair.Listener.Peer.Epoch), Is.EqualTo((LinkRole.Sender, 2UL)));
        Assert.That((pair.Sender.Peer!.Role, pair.Sender.Peer.Epoch), Is.EqualTo((LinkRole.Listener, 1UL)));
        Assert.That(pair.Sender.CommonCodecs, Is.EqualTo(0b11111u));
    }

    [Test]
    public void Nothing_can_be_opened_before_hello_is_over()
    {
        using var pair = new LanePair(open: false);
        Assert.That(pair.Listener.Open(Lanes.Get(), 1, [], end: true), Is.Null);
    }

    [Test]
    public void Two_of_the_same_role_are_told_so()
    {
        using var pair = new LanePair(sender: Lanes.Hello(LinkRole.Listener), open: false);
        pair.Pump();
        Assert.That((pair.Listener.End!.Status, pair.Sender.End!.Status), Is.EqualTo((HelloStatus.Role, HelloStatus.Role)));
        Assert.That((pair.Listener.End.ByPeer, pair.Sender.End.ByPeer), Is.EqualTo((false, true)));
        Assert.That(pair.Sender.End.Text, Does.Contain("both sides are a listener"));
    }

    [TestCase(2u, 3u)]
    [TestCase(0u, 0u)]
    public void No_common_version_is_told(uint min, uint max)
    {
        Hello sender = new() { Role = LinkRole.Sender, Instance = Guid.Empty, Epoch = 1, MinVersion = min, MaxVersion = max };
        using var pair = new LanePair(sender: sender, open: false);
        pair.Pump();
        Assert.That((pair.Listener.End!.Status, pair.Sender.End!.Status), Is.EqualTo((HelloStatus.Version, HelloStatus.Version)));
        Assert.That(pair.Sender.End.Text, Does.Contain("speaks wire format 1 to 1"));
    }

    [Test]
    public void A_newer_peer_that_still_speaks_ours_is_accepted()
    {
        Hello sender = new() { Role = LinkRole.Sender, Instance = Guid.Empty, Epoch = 1, MinVersion = 1, MaxVersion = 9 };
        using var pair = new LanePair(sender: sender);
        Assert.That(pair.Listener.Peer!.MaxVersion, Is.EqualTo(9u));
    }

    [TestCase(HelloStatus.UnknownPeer)]
    [TestCase(HelloStatus.Unavailable)]
    public void Whoever_accepts_may_refuse_for_what_it_knows(HelloStatus why)
    {
        using var lane = new RawLane(LinkRole.Listener, greet: false, refusal: why);
        lane.Send(RawLane.Hello(LinkRole.Sender));
        Assert.That((lane.Engine.State, lane.Engine.End!.Status), Is.EqualTo((LaneState.Closed, why)));
        (FrameHeader header, byte[] payload) = lane.Frames().Single();
        Assert.That(header.Type, Is.EqualTo(FrameType.HelloAnswer));
        Assert.That(payload, Is.EqualTo((byte[])[(byte)why, 7, .. "not you"u8]));
    }

    [Test]
    public void A_malformed_hello_is_answered()
    {
        using var lane = new RawLane(LinkRole.Listener, greet: false);
        lane.SendFrame(FrameType.Hello, FrameFlags.None, 0, 1, 2, 3);
        Assert.That(lane.Engine.End!.Status, Is.EqualTo(HelloStatus.Malformed));
        Assert.That(lane.Frames().Single().Payload[0], Is.EqualTo((byte)HelloStatus.Malformed));
    }

    [Test]
    public void Whoever_dials_a_key_it_does_not_trust_says_so_instead_of_hello()
    {
        using var engine = new LaneEngine(
            new LaneEngineOptions { Hello = Lanes.Hello(LinkRole.Sender), Dialled = true, Refusal = HelloStatus.UnknownPeer, RefusalText = "not you" }, 0);
        Assert.That((engine.State, engine.End!.Code, engine.End.Text), Is.EqualTo((LaneState.Closed, LaneCode.UnknownPeer, "not you")));
        Assert.That(engine.Pull(0).Span[0], Is.EqualTo((byte)FrameType.GoAway));
    }

    [Test]
    public void An_answer_that_does_not_fit_ends_the_lane()
    {
        using var lane = new LaneEngine(new LaneEngineOptions { Hello = Lanes.Hello(LinkRole.Sender), Dialled = true }, 0);
        byte[] fields = RawLane.Hello(LinkRole.Sender)[3..];
        lane.Receive(RawLane.Frame(FrameType.HelloAnswer, FrameFlags.None, 0, [0, 0, .. fields]), 0);
        Assert.That((lane.State, lane.End!.Code), Is.EqualTo((LaneState.Closed, LaneCode.Protocol)));
    }

    [Test]
    public void Silence_ends_the_greeting()
    {
        using var pair = new LanePair(open: false);
        long last = pair.Now + LaneEngine.GreetingTimeout.Ticks;
        pair.Listener.Receive([], last);
        pair.Listener.Tick(last);
        Assert.That(pair.Listener.State, Is.EqualTo(LaneState.Greeting));
        pair.Listener.Tick(last + 1);
        Assert.That((pair.Listener.State, pair.Listener.End!.Code), Is.EqualTo((LaneState.Closed, LaneCode.Silent)));
    }

    [TestCase(FrameType.HelloAnswer)]
    [TestCase(FrameType.Ping)]
    [TestCase(FrameType.LaneWindow)]
    [TestCase(FrameType.Request)]
    [TestCase(FrameType.Data)]
    public void No_other_frame_may_come_before_hello(FrameType type)
    {
        using var lane = new RawLane(LinkRole.Sender, greet: false);
        lane.SendFrame(type, FrameFlags.None, 1, new byte[8]);
        Assert.That((lane.Engine.State, lane.Engine.End!.Code), Is.EqualTo((LaneState.Closed, LaneCode.Protocol)));
    }

    [Test]
    public void A_second_hello_ends_the_lane()
    {
        using var lane = new RawLane(LinkRole.Sender);
        lane.Send(RawLane.Hello(LinkRole.Listener));
        Assert.That(lane.Engine.End!.Code, Is.EqualTo(LaneCode.Protocol));
    }

    [Test]
    public void Plain_text_ends_the_lane_with_a_reason()
    {
        using var lane = new RawLane(LinkRole.Sender, greet: false);
        lane.Send([.. "GET / HTTP/1.1\r\nHost: shop.example\r\n\r\n"u8]);
        Assert.That(lane.Engine.State, Is.EqualTo(LaneState.Closed));
        Assert.That(lane.Frames().Single().Header.Type, Is.EqualTo(FrameType.GoAway));
    }

    [Test]
    public void A_frame_that_may_be_skipped_may_come_first()
    {
        using var lane = new RawLane(LinkRole.Sender, greet: false);
        lane.SendFrame((FrameType)0x1F, (FrameFlags)7, 0, 1, 2, 3);
        lane.Send(RawLane.Hello(LinkRole.Listener));
        Assert.That(lane.Engine.State, Is.EqualTo(LaneState.Open));
    }
}
