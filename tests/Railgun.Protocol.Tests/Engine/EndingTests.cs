using Railgun.Protocol.Engine;
using Railgun.Protocol.Frames;

namespace Railgun.Protocol.Tests.Engine;

internal sealed class EndingTests
{
    [Test]
    public void A_reset_tells_stage_code_and_text()
    {
        using var pair = new LanePair();
        var (listener, sender) = pair.Open();
        pair.Sender.Reset(sender, Stage.Origin, ResetCode.TimedOut, "the origin was silent");
        pair.Pump();
        Fault fault = LanePair.Next(listener).Fault!;
        Assert.That(fault, Is.EqualTo(new Fault(Stage.Origin, ResetCode.TimedOut, "the origin was silent", RequestUnsent: false)));
        Assert.That((pair.Sender.OpenStreams, pair.Listener.OpenStreams), Is.EqualTo((0, 0)));
    }

    [Test]
    public void A_cancelled_request_reaches_the_sender_behind_what_was_sent_before()
    {
        using var pair = new LanePair();
        var (listener, sender) = pair.Open(end: false);
        pair.Listener.SendData(listener, Payload.Copy([1, 2, 3]));
        pair.PumpUp();
        pair.Listener.LetGo(listener);
        pair.Pump();
        Assert.That(LanePair.Kinds(pair.Sender, sender), Is.EqualTo(new[] { StreamEventKind.Data, StreamEventKind.Fault }));
    }

    [Test]
    public void A_stream_that_never_reached_the_wire_leaves_no_trace()
    {
        using var pair = new LanePair();
        StreamCore stream = pair.Listener.Open(Lanes.Get(), 1, [], end: true)!;
        pair.Listener.Reset(stream, Stage.Client, ResetCode.Cancelled, "gone");
        pair.Pump();
        Assert.That(pair.Sender.TryAccept(out _), Is.False);
        Assert.That(pair.Listener.OpenStreams, Is.Zero);
    }

    [Test]
    public void Frames_that_crossed_a_reset_are_dropped_and_head_coding_keeps_its_state()
    {
        using var pair = new LanePair();
        var (first, sender) = pair.Open();
        pair.Sender.SendInformational(sender, Lanes.Response(103));
        pair.Sender.SendHead(sender, Lanes.Response(201), BodyCoding.AsItIs);
        pair.Sender.SendData(sender, Payload.Copy([1]));
        pair.Sender.SendEnd(sender, new Railgun.Protocol.Heads.FieldList { { "x-new", "name" } });
        pair.Listener.Reset(first, Stage.Client, ResetCode.Cancelled, "gone");
        pair.Pump();
        var (second, next) = pair.Open();
        pair.Sender.SendHead(next, Lanes.Response(201), BodyCoding.AsItIs);
        pair.Sender.SendEnd(next, new Railgun.Protocol.Heads.FieldList { { "x-new", "name" } });
        pair.Pump();
        Assert.That(LanePair.Next(second).Head!.Status, Is.EqualTo(201));
        Assert.That(LanePair.Next(second).Trailers!.First("x-new"), Is.EqualTo("name"));
    }

    [Test]
    public void A_refused_request_may_be_sent_again()
    {
        using var lane = new RawLane(LinkRole.Listener);
        StreamCore stream = lane.Open();
        lane.SendFrame(FrameType.Reset, FrameFlags.None, 1, (byte)Stage.Sender, (byte)ResetCode.Refused);
        Assert.That(LanePair.Next(stream).Fault!.RequestUnsent, Is.True);
    }

    [Test]
    public void A_sender_that_leaves_finishes_what_is_open()
    {
        using var pair = new LanePair();
        var (listener, sender) = pair.Open();
        pair.Sender.Drain("stopping");
        pair.Pump();
        Assert.That((pair.Sender.State, pair.Listener.State, pair.Listener.CanOpen), Is.EqualTo((LaneState.Draining, LaneState.Draining, false)));
        pair.Sender.SendHead(sender, Lanes.Response(), BodyCoding.AsItIs);
        pair.Sender.SendEnd(sender, null);
        pair.Pump();
        Assert.That(LanePair.Kinds(pair.Listener, listener), Is.EqualTo(new[] { StreamEventKind.Head, StreamEventKind.End }));
        pair.Listener.LetGo(listener);
        Assert.That((pair.Sender.State, pair.Listener.State), Is.EqualTo((LaneState.Closed, LaneState.Closed)));
        Assert.That((pair.Listener.End!.ByPeer, pair.Sender.End!.ByPeer), Is.EqualTo((true, false)));
    }

    [Test]
    public void A_request_that_crossed_the_senders_go_away_may_be_sent_again()
    {
        using var pair = new LanePair();
        pair.Open();
        StreamCore late = pair.Listener.Open(Lanes.Get(), 2, [], end: true)!;
        pair.Sender.Drain("stopping");
        pair.Listener.Receive(pair.Sender.Pull(0).Span, 0);
        Fault fault = LanePair.Next(late).Fault!;
        Assert.That((fault.Code, fault.RequestUnsent), Is.EqualTo((ResetCode.Refused, true)));
    }

    [Test]
    public void A_sender_that_leaves_refuses_what_comes_too_late()
    {
        using var lane = new RawLane(LinkRole.Sender);
        lane.SendRequest(1);
        lane.Engine.Drain("stopping");
        lane.SendRequest(2);
        List<(FrameHeader Header, byte[] Payload)> frames = lane.Frames();
        Assert.That(frames.Select(f => (f.Header.Type, f.Header.Stream)), Is.EqualTo(new[] { (FrameType.GoAway, 0u), (FrameType.Reset, 2u) }));
        Assert.That(frames[0].Payload[..2], Is.EqualTo(new byte[] { 1, (byte)LaneCode.Leaving }));
        Assert.That(lane.Engine.State, Is.EqualTo(LaneState.Draining));
    }

    [Test]
    public void Requests_behind_a_listeners_go_away_are_answered()
    {
        using var pair = new LanePair();
        StreamCore listener = pair.Listener.Open(Lanes.Get(), 1, [], end: true)!;
        pair.Listener.Drain("stopping");
        pair.Pump();
        Assert.That(pair.Sender.TryAccept(out StreamCore? sender), Is.True);
        pair.Sender.SendHead(sender!, Lanes.Response(), BodyCoding.AsItIs);
        pair.Sender.SendEnd(sender!, null);
        pair.Pump();
        Assert.That(LanePair.Kinds(pair.Listener, listener), Is.EqualTo(new[] { StreamEventKind.Head, StreamEventKind.End }));
        pair.Listener.LetGo(listener);
        Assert.That(pair.Listener.State, Is.EqualTo(LaneState.Closed));
    }

    [Test]
    public void The_last_reset_of_a_lane_that_drains_still_goes_out()
    {
        using var pair = new LanePair();
        var (listener, sender) = pair.Open();
        pair.Sender.Drain("stopping");
        pair.Pump();
        pair.Sender.Reset(sender, Stage.Origin, ResetCode.OriginBroken, "broken");
        pair.Pump();
        Assert.That(LanePair.Next(listener).Fault!.Code, Is.EqualTo(ResetCode.OriginBroken));
        Assert.That(pair.Sender.State, Is.EqualTo(LaneState.Closed));
    }

    [Test]
    public void Both_sides_may_leave_at_once()
    {
        using var pair = new LanePair();
        pair.Listener.Drain("stopping");
        pair.Sender.Drain("stopping too");
        pair.Pump();
        Assert.That((pair.Listener.State, pair.Sender.State), Is.EqualTo((LaneState.Closed, LaneState.Closed)));
    }

    [Test]
    public void A_sender_that_is_told_to_leave_while_its_listener_leaves_closes_too()
    {
        using var pair = new LanePair();
        var (listener, sender) = pair.Open();
        pair.Listener.Drain("stopping");
        pair.Pump();
        pair.Sender.Drain("stopping too");
        pair.Pump();
        pair.Sender.SendHead(sender, Lanes.Response(), BodyCoding.AsItIs);
        pair.Sender.SendEnd(sender, null);
        pair.Pump();
        Assert.That(LanePair.Kinds(pair.Listener, listener)[^1], Is.EqualTo(StreamEventKind.End));
        Assert.That(pair.Sender.State, Is.EqualTo(LaneState.Closed));
    }

    [Test]
    public void A_go_away_with_another_code_ends_the_lane_at_once()
    {
        using var lane = new RawLane(LinkRole.Listener);
        StreamCore stream = lane.Open();
        lane.SendFrame(FrameType.GoAway, FrameFlags.None, 0, [1, (byte)LaneCode.HeadCoding, .. "lost"u8]);
        Assert.That(lane.Engine.End, Is.EqualTo(new LaneEnd(LaneCode.HeadCoding, "lost", ByPeer: true)));
        Assert.That(LanePair.Next(stream).Fault!.Code, Is.EqualTo(ResetCode.LaneLost));
        Assert.That(lane.Engine.HasOutput, Is.False);
    }

    [Test]
    public void A_lost_connection_tells_which_requests_cannot_have_left()
    {
        using var pair = new LanePair();
        var (sent, _) = pair.Open();
        StreamCore unsent = pair.Listener.Open(Lanes.Get(), 2, [], end: true)!;
        pair.Listener.Disconnected("reset by peer");
        Assert.That(LanePair.Next(sent).Fault!.RequestUnsent, Is.False);
        Assert.That(LanePair.Next(unsent).Fault!.RequestUnsent, Is.True);
        Assert.That(pair.Listener.Open(Lanes.Get(), 3, [], end: true), Is.Null);
    }

    [Test]
    public void Every_payload_is_given_back_when_a_lane_ends()
    {
        long before = PayloadLedger.Count;
        using (var pair = new LanePair())
        {
            var (listener, sender) = pair.OpenDelta(endRequest: false);
            pair.Listener.SendData(listener, Payload.Copy(new byte[100]));
            pair.PumpUp();
            pair.Listener.SendData(listener, Payload.Copy(new byte[100]));
            pair.Sender.SendSegment(sender, Payload.Copy(new byte[10]), new byte[100], 1);
            pair.Sender.Flush(sender);
            pair.PumpDown();
            pair.Sender.SendSegment(sender, Payload.Copy(new byte[10]), new byte[100], 1);
            pair.Listener.Disconnected("cut");
            pair.Sender.Disconnected("cut");
            pair.Listener.LetGo(listener);
            pair.Sender.StopReading(sender);
        }

        Assert.That(PayloadLedger.Count, Is.EqualTo(before));
    }
}
