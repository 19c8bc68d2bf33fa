using Railgun.Protocol.Engine;
using Railgun.Protocol.Frames;

namespace Railgun.Protocol.Tests.Engine;

internal sealed class FlowControlTests
{
    private const int Window = Hello.MinWindow;

    [Test]
    public void A_stream_stops_at_its_window_and_goes_on_when_the_reader_takes()
    {
        using var pair = Small(streamWindow: Window);
        var (listener, sender) = Answer(pair, 3 * Window);
        Assert.That(pair.Listener.HasOutput | pair.Sender.HasOutput, Is.False);
        Assert.That(sender.SendCredit, Is.LessThan(Protocol.Engine.StreamWriter.SmallestTurn));
        int taken = 0;
        while (listener.TryTake(out StreamEvent next))
        {
            taken += next.Data.Length;
            next.Data.Dispose();
            pair.Listener.Consumed(listener, next.Credit);
            pair.Pump();
        }

        Assert.That((taken, listener.EndReceived), Is.EqualTo((3 * Window, true)));
    }

    [Test]
    public void A_slow_reader_holds_back_its_own_stream_only()
    {
        using var pair = Small(streamWindow: Window);
        var (slow, _) = Answer(pair, 3 * Window);
        var (quick, _) = Answer(pair, Window / 2);
        Assert.That((slow.EndReceived, quick.EndReceived), Is.EqualTo((false, true)));
    }

    [Test]
    public void The_lanes_window_bounds_all_streams_together()
    {
        using var pair = Small(laneWindow: Window);
        var (first, _) = Answer(pair, Window / 2);
        var (second, _) = Answer(pair, Window / 2);
        Assert.That((first.EndReceived, second.EndReceived), Is.EqualTo((true, false)));
        Assert.That(LanePair.Body(pair.Listener, first), Has.Length.EqualTo(Window / 2));
        pair.Pump();
        Assert.That(second.EndReceived, Is.True);
        Assert.That(LanePair.Body(pair.Listener, second), Has.Length.EqualTo(Window / 2));
    }

    [Test]
    public void Readers_that_take_nothing_never_fill_the_lanes_window()
    {
        using var pair = Small(streamWindow: 64 * Window, laneWindow: 256 * Window);
        for (int slow = 0; slow < 15; slow++)
        {
            Answer(pair, 60 * Window);
        }

        var (quick, _) = Answer(pair, Window / 4);
        Assert.That(quick.EndReceived, Is.True);
        Assert.That(pair.Sender.Out.SendCredit, Is.GreaterThan(256 * Window / 10));
    }

    [Test]
    public void A_reader_that_takes_gets_on_beside_those_that_do_not()
    {
        using var pair = Small(streamWindow: 64 * Window, laneWindow: 256 * Window);
        for (int slow = 0; slow < 15; slow++)
        {
            Answer(pair, 60 * Window);
        }

        var (quick, _) = Answer(pair, 40 * Window);
        int taken = 0;
        for (int i = 0; i < 1000 && !quick.EndReceived; i++)
        {
            taken += LanePair.Body(pair.Listener, quick).Length;
            pair.Pump();
        }

        Assert.That(taken + LanePair.Body(pair.Listener, quick).Length, Is.EqualTo(40 * Window));
    }

    [Test]
    public void Data_of_a_stream_that_was_reset_gives_its_credit_back()
    {
        using var pair = Small(laneWindow: Window);
        var (first, sender) = pair.Open();
        pair.Sender.SendHead(sender, Lanes.Response(), BodyCoding.AsItIs);
        pair.Sender.SendData(sender, Payload.Copy(new byte[Window]));
        pair.Listener.Reset(first, Stage.Client, ResetCode.Cancelled, "gone");
        pair.PumpDown();
        pair.Pump();
        var (second, _) = Answer(pair, Window / 2);
        Assert.That(second.EndReceived, Is.True);
    }

    [Test]
    public void What_a_driver_took_and_never_gave_back_goes_back_when_it_has_done_with_the_stream()
    {
        using var pair = Small(laneWindow: 4 * Window);
        for (int i = 0; i < 20; i++)
        {
            var (listener, sender) = pair.Open(end: false);
            pair.Listener.SendData(listener, Payload.Copy(new byte[Window]));
            pair.Sender.SendHead(sender, Lanes.Response(), BodyCoding.AsItIs);
            pair.Sender.SendData(sender, Payload.Copy(new byte[Window]));
            pair.Sender.SendEnd(sender, null);
            pair.Pump();
            Assert.That((TakeWithoutGivingBack(listener), TakeWithoutGivingBack(sender)), Is.EqualTo((Window, Window)), $"exchange {i}");
            pair.Sender.Done(sender);
            pair.Listener.LetGo(listener);
            pair.Listener.Consumed(listener, Window);
            pair.Pump();
            Assert.That((pair.Listener.Credit.Lane.Held, pair.Sender.Credit.Lane.Held), Is.EqualTo((0, 0)), "none is missing, and none was given twice");
        }
    }

    [Test]
    public void The_check_of_a_segment_counts()
    {
        using var pair = new LanePair();
        var (listener, sender) = pair.OpenDelta();
        long credit = sender.SendCredit;
        pair.Sender.SendSegment(sender, Payload.Copy(new byte[100]), new byte[70], check: 5);
        pair.Sender.Flush(sender);
        pair.Pump();
        StreamEvent data = LanePair.Next(listener);
        Assert.That((data.EndsSegment, data.Check, data.SegmentLength, data.Data.Length), Is.EqualTo((true, 5UL, 70, 100)));
        Assert.That((data.Credit, credit - sender.SendCredit), Is.EqualTo((100 + 8 + 2, 110L)));
        data.Data.Dispose();
    }

    [Test]
    public void Streams_that_end_while_the_lane_holds_them_up_do_not_stay_until_its_credit_comes()
    {
        using var pair = Small(laneWindow: Window);
        for (int held = 0; held < 20; held++)
        {
            Answer(pair, Window);
        }

        var objects = new HashSet<StreamCore>();
        for (int ended = 0; ended < 1_000; ended++)
        {
            var (listener, sender) = Answer(pair, Window);
            objects.Add(sender);
            pair.Listener.LetGo(listener);
            pair.Pump();
            pair.Sender.Done(sender);
            while (pair.Sender.TryTakeSignal(out _, out _, out _))
            {
            }
        }

        Assert.That(objects, Has.Count.LessThan(100), "what nothing holds is used again");
    }

    [Test]
    public void Heads_need_no_credit()
    {
        using var pair = Small(laneWindow: Window);
        Answer(pair, 2 * Window);
        var (listener, sender) = pair.Open();
        pair.Sender.SendHead(sender, Lanes.Response(), BodyCoding.AsItIs);
        pair.Sender.SendEnd(sender, null);
        pair.Pump();
        Assert.That(listener.EndReceived, Is.True);
    }

    [Test]
    public void More_than_a_streams_credit_ends_the_lane()
    {
        using var lane = new RawLane(LinkRole.Sender);
        lane.SendRequest(1, FrameFlags.None);
        Fill(lane, 1, 1 << 20);
        Assert.That(lane.Engine.State, Is.EqualTo(LaneState.Open));
        lane.SendFrame(FrameType.Data, FrameFlags.None, 1, 0);
        Assert.That(lane.Engine.End!.Code, Is.EqualTo(LaneCode.FlowControl));
    }

    [Test]
    public void More_than_the_lanes_credit_ends_the_lane()
    {
        using var lane = new RawLane(LinkRole.Sender);
        for (uint id = 1; id <= 5; id++)
        {
            lane.SendRequest(id, FrameFlags.None);
        }

        for (uint id = 1; id <= 4; id++)
        {
            Fill(lane, id, 1 << 20);
        }

        Assert.That(lane.Engine.State, Is.EqualTo(LaneState.Open));
        lane.SendFrame(FrameType.Data, FrameFlags.None, 5, 0);
        Assert.That(lane.Engine.End!.Code, Is.EqualTo(LaneCode.FlowControl));
    }

    [Test]
    public void A_window_for_a_stream_that_is_over_is_nothing_special()
    {
        using var lane = new RawLane(LinkRole.Sender);
        lane.SendRequest(1);
        lane.SendFrame(FrameType.Reset, FrameFlags.None, 1, 1, 2);
        lane.SendFrame(FrameType.Window, FrameFlags.None, 1, 1);
        Assert.That(lane.Engine.State, Is.EqualTo(LaneState.Open));
    }

    private static int TakeWithoutGivingBack(StreamCore stream)
    {
        int taken = 0;
        while (stream.TryTake(out StreamEvent next))
        {
            taken += next.Data.Length;
            next.Data.Dispose();
        }

        return taken;
    }

    private static LanePair Small(int streamWindow = 1 << 20, int laneWindow = 4 << 20)
    {
        Hello listener = Lanes.Hello(LinkRole.Listener);
        (listener.StreamWindow, listener.LaneWindow) = (streamWindow, laneWindow);
        return new LanePair(listener);
    }

    private static (StreamCore Listener, StreamCore Sender) Answer(LanePair pair, int bytes)
    {
        var (listener, sender) = pair.Open();
        pair.Sender.SendHead(sender, Lanes.Response(), BodyCoding.AsItIs);
        pair.Sender.SendData(sender, Payload.Copy(new byte[bytes]));
        pair.Sender.SendEnd(sender, null);
        pair.Pump();
        return (listener, sender);
    }

    private static void Fill(RawLane lane, uint stream, int bytes)
    {
        for (; bytes > 0; bytes -= Limits.MaxFramePayload)
        {
            lane.SendFrame(FrameType.Data, FrameFlags.None, stream, new byte[Math.Min(bytes, Limits.MaxFramePayload)]);
        }
    }
}
