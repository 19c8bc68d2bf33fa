using Railgun.Protocol.Engine;
using Railgun.Protocol.Frames;
using Railgun.Protocol.Heads;
using Railgun.Protocol.Versions;

namespace Railgun.Protocol.Tests.Engine;

internal sealed class ProofTests
{
    private static readonly byte[] Target = [.. Enumerable.Range(0, 100).Select(i => (byte)i)];

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(40)]
    [TestCase(99)]
    [TestCase(100)]
    public void The_rest_comes_as_it_is_from_the_offset_asked_for(int offset)
    {
        using var pair = new LanePair();
        var (listener, sender) = pair.OpenDelta();
        Segment(pair, sender, 0, 40);
        Segment(pair, sender, 40, 60);
        pair.Sender.SendEnd(sender, new FieldList { { "x-t", "1" } });
        pair.Pump();
        pair.Listener.WantRest(listener, offset);
        pair.Pump();
        Assert.That(LanePair.Next(listener).Kind, Is.EqualTo(StreamEventKind.Rest));
        List<byte> rest = [];
        StreamEvent next = LanePair.Next(listener);
        for (; next.Kind == StreamEventKind.Data; next = LanePair.Next(listener))
        {
            Assert.That(next.EndsSegment, Is.False);
            rest.AddRange(next.Data.Span);
            next.Data.Dispose();
        }

        Assert.That(rest, Is.EqualTo(Target[offset..]));
        Assert.That((next.Kind, next.Trailers?.Count), Is.EqualTo((StreamEventKind.End, (int?)1)));
        Assert.That((pair.Sender.RetainedBytes, pair.Sender.OpenStreams), Is.EqualTo((0, 0)));
    }

    [Test]
    public void What_follows_a_want_for_the_rest_is_sent_as_it_is()
    {
        using var pair = new LanePair();
        var (listener, sender) = pair.OpenDelta();
        Segment(pair, sender, 0, 40);
        pair.Sender.Flush(sender);
        pair.Pump();
        pair.Listener.WantRest(listener, 0);
        pair.Pump();
        Segment(pair, sender, 40, 60);
        pair.Sender.SendSegment(sender, Payload.Copy([9]), [], check: 3);
        pair.Sender.SendEnd(sender, null);
        pair.Pump();
        Assert.That(LanePair.Next(listener).Kind, Is.EqualTo(StreamEventKind.Rest));
        Assert.That(LanePair.Body(pair.Listener, listener), Is.EqualTo(Target));
        Assert.That(listener.EndReceived, Is.True);
    }

    [Test]
    public void A_last_segment_that_stands_for_nothing_does_not_hold_up_the_rest()
    {
        using var pair = new LanePair();
        var (listener, sender) = pair.OpenDelta();
        Segment(pair, sender, 0, 100);
        pair.Sender.SendSegment(sender, Payload.Copy([9]), [], check: 3);
        pair.Sender.SendEnd(sender, null);
        pair.Pump();
        pair.Listener.WantRest(listener, 60);
        pair.Pump();
        Assert.That(LanePair.Body(pair.Listener, listener), Is.EqualTo(Target[60..]));
        Assert.That(listener.EndReceived, Is.True);
    }

    [Test]
    public void Coded_data_under_way_is_dropped_and_its_credit_returns()
    {
        Hello small = Lanes.Hello(LinkRole.Listener);
        (small.StreamWindow, small.LaneWindow) = (Hello.MinWindow, 4 * Hello.MinWindow);
        using var pair = new LanePair(small);
        var (listener, sender) = pair.OpenDelta();
        byte[] target = new byte[3 * Hello.MinWindow];
        new Random(1).NextBytes(target);
        pair.Sender.SendSegment(sender, Payload.Copy(new byte[Hello.MinWindow - 20]), target, check: 1);
        pair.Sender.SendEnd(sender, null);
        pair.Pump();
        Assert.That(listener.EndReceived, Is.True);
        pair.Listener.WantRest(listener, 0);
        pair.Pump();
        List<byte> body = [];
        for (int i = 0; i < 10; i++)
        {
            body.AddRange(LanePair.Body(pair.Listener, listener));
            pair.Pump();
        }

        Assert.That(body, Is.EqualTo(target));
        Assert.That(listener.EndReceived, Is.True);
    }

    [Test]
    public void Beyond_what_is_retained_the_answer_is_a_reset()
    {
        using var pair = new LanePair();
        var (listener, sender) = pair.OpenDelta();
        for (int i = 0; i < 10; i++)
        {
            pair.Sender.SendSegment(sender, Payload.Copy([1]), new byte[Limits.MaxSegmentTarget], check: 1);
        }

        pair.Sender.SendEnd(sender, null);
        pair.Pump();
        Assert.That(pair.Sender.RetainedBytes, Is.EqualTo(Retention.MaxPerStream));
        pair.Listener.WantRest(listener, 0);
        pair.Pump();
        Fault fault = LanePair.Next(listener).Fault!;
        Assert.That((fault.Stage, fault.Code), Is.EqualTo((Stage.Sender, ResetCode.ProofFailed)));
        Assert.That((pair.Listener.State, pair.Sender.RetainedBytes), Is.EqualTo((LaneState.Open, 0)));
    }

    [Test]
    public void A_want_after_verified_for_what_was_verified_is_answered_by_a_reset()
    {
        using var pair = new LanePair();
        var (listener, sender) = pair.OpenDelta();
        Segment(pair, sender, 0, 40);
        Segment(pair, sender, 40, 60);
        pair.Sender.Flush(sender);
        pair.Pump();
        pair.Listener.Verified(listener, 40, pair.Now);
        pair.Wait(KeepAlive.DefaultPingAfter);
        Assert.That(pair.Sender.RetainedBytes, Is.EqualTo(60));
        pair.Listener.WantRest(listener, 0);
        pair.Pump();
        Assert.That(LanePair.Kinds(pair.Listener, listener), Is.EqualTo(new[] { StreamEventKind.Fault }));
    }

    [TestCase(2, TestName = "Another attempt than the first")]
    [TestCase(0, TestName = "Attempt zero")]
    public void A_want_with_a_wrong_number_is_answered_by_a_reset(int attempt)
    {
        using var lane = new RawLane(LinkRole.Sender);
        lane.SendRequest(1);
        lane.Engine.TryAccept(out StreamCore? stream);
        lane.Engine.SendHead(stream!, Lanes.Response(), new BodyCoding(Codec.Zstd));
        lane.Engine.SendSegment(stream!, Payload.Copy([1]), [2], check: 3);
        lane.Engine.Flush(stream!);
        lane.Frames();
        lane.SendFrame(FrameType.WantRest, FrameFlags.None, 1, (byte)attempt, 0);
        Assert.That(lane.Frames().Single().Payload[..2], Is.EqualTo(new[] { (byte)Stage.Sender, (byte)ResetCode.ProofFailed }));
        Assert.That(lane.Engine.State, Is.EqualTo(LaneState.Open));
    }

    [Test]
    public void A_want_before_the_response_or_for_a_body_as_it_is_breaks_the_stream()
    {
        using var lane = new RawLane(LinkRole.Sender);
        lane.SendRequest(1);
        lane.SendRequest(2);
        lane.Engine.TryAccept(out _);
        lane.Engine.TryAccept(out StreamCore? second);
        lane.Engine.SendHead(second!, Lanes.Response(), BodyCoding.AsItIs);
        lane.Engine.Flush(second!);
        lane.Frames();
        lane.SendFrame(FrameType.WantRest, FrameFlags.None, 1, 1, 0);
        lane.SendFrame(FrameType.WantRest, FrameFlags.None, 2, 1, 0);
        List<(FrameHeader Header, byte[] Payload)> frames = lane.Frames();
        Assert.That(frames.Select(f => (f.Header.Type, f.Header.Stream, f.Payload[1])), Is.EqualTo(new[]
        {
            (FrameType.Reset, 1u, (byte)ResetCode.StreamProtocol),
            (FrameType.Reset, 2u, (byte)ResetCode.StreamProtocol),
        }));
    }

    [Test]
    public void A_rest_that_was_not_asked_for_breaks_the_stream()
    {
        using var lane = new RawLane(LinkRole.Listener);
        StreamCore stream = lane.Open(VersionName.Of("base"u8));
        lane.SendResponse(1, 0x13);
        lane.SendFrame(FrameType.Rest, FrameFlags.None, 1, 1, 0);
        Assert.That(LanePair.Kinds(lane.Engine, stream)[^1], Is.EqualTo(StreamEventKind.Fault));
        Assert.That(lane.Frames().Single().Payload[..2], Is.EqualTo(new[] { (byte)Stage.Link, (byte)ResetCode.StreamProtocol }));
        Assert.That(lane.Engine.State, Is.EqualTo(LaneState.Open));
    }

    [Test]
    public void A_rest_of_another_attempt_or_offset_breaks_the_stream()
    {
        foreach (byte[] rest in new byte[][] { [2, 5], [1, 6] })
        {
            using var lane = new RawLane(LinkRole.Listener);
            StreamCore stream = lane.Open(VersionName.Of("base"u8));
            lane.SendResponse(1, 0x13);
            lane.Engine.WantRest(stream, 5);
            lane.SendFrame(FrameType.Rest, FrameFlags.None, 1, rest);
            Assert.That(LanePair.Kinds(lane.Engine, stream), Is.EqualTo(new[] { StreamEventKind.Fault }));
        }
    }

    [TestCase(0x00, "00000000000000010a", FrameFlags.Mark, TestName = "A segment's end in a body that is as it is")]
    [TestCase(0x13, "0000000000000001", FrameFlags.Mark, TestName = "A segment's end without its length")]
    [TestCase(0x13, "", FrameFlags.Mark, TestName = "A segment's end without its check")]
    [TestCase(0x13, "aa", FrameFlags.End, TestName = "An end inside a segment")]
    public void Breaks_its_stream_only(byte coding, string data, FrameFlags flags)
    {
        using var lane = new RawLane(LinkRole.Listener);
        StreamCore stream = lane.Open(VersionName.Of("base"u8));
        lane.SendResponse(1, coding);
        lane.SendFrame(FrameType.Data, flags, 1, Convert.FromHexString(data));
        Assert.That(LanePair.Kinds(lane.Engine, stream)[^1], Is.EqualTo(StreamEventKind.Fault));
        Assert.That(lane.Frames().Single().Header, Is.EqualTo(new FrameHeader(FrameType.Reset, FrameFlags.None, 1)));
        Assert.That(lane.Engine.State, Is.EqualTo(LaneState.Open));
    }

    [Test]
    public void A_coded_body_that_ends_behind_a_segment_is_whole()
    {
        using var lane = new RawLane(LinkRole.Listener);
        StreamCore stream = lane.Open(VersionName.Of("base"u8));
        lane.SendResponse(1, 0x13);
        lane.SendFrame(FrameType.Data, FrameFlags.None, 1, 0xAA);
        lane.SendFrame(FrameType.Data, FrameFlags.Mark, 1, Convert.FromHexString("00000000000000010abb"));
        lane.SendFrame(FrameType.Data, FrameFlags.End, 1);
        Assert.That(
            LanePair.Kinds(lane.Engine, stream),
            Is.EqualTo(new[] { StreamEventKind.Head, StreamEventKind.Data, StreamEventKind.Data, StreamEventKind.End }));
    }

    [Test]
    public void Ended_streams_that_nobody_verifies_are_bounded()
    {
        using var pair = new LanePair();
        for (int i = 0; i < StreamTable.MaxLingering + 10; i++)
        {
            var (listener, sender) = pair.OpenDelta();
            pair.Sender.SendSegment(sender, Payload.Copy([1]), [2], check: 3);
            pair.Sender.SendEnd(sender, null);
            pair.Pump();
            LanePair.Kinds(pair.Listener, listener);
            pair.Listener.LetGo(listener);
        }

        Assert.That((pair.Sender.RetainedBytes, pair.Sender.OpenStreams), Is.EqualTo((StreamTable.MaxLingering, 0)));
    }

    private static void Segment(LanePair pair, StreamCore sender, int start, int length) =>
        pair.Sender.SendSegment(sender, Payload.Copy(new byte[length / 10]), Target.AsSpan(start, length), check: (ulong)start);
}
