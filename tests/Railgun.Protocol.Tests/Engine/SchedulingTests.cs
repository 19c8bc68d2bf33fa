using Railgun.Protocol.Engine;
using Railgun.Protocol.Frames;

namespace Railgun.Protocol.Tests.Engine;

internal sealed class SchedulingTests
{
    [Test]
    public void A_small_answer_overtakes_a_big_one()
    {
        using var pair = new LanePair();
        var (big, bigSender) = pair.Open();
        var (small, smallSender) = pair.Open();
        pair.Sender.SendHead(bigSender, Lanes.Response(), BodyCoding.AsItIs);
        pair.Sender.SendData(bigSender, Payload.Copy(new byte[200_000]));
        pair.Sender.SendEnd(bigSender, null);
        Deliver(pair);
        pair.Sender.SendHead(smallSender, Lanes.Response(), BodyCoding.AsItIs);
        pair.Sender.SendEnd(smallSender, null);
        Deliver(pair);
        Assert.That((small.EndReceived, big.EndReceived), Is.EqualTo((true, false)));
    }

    [Test]
    public void Big_answers_take_turns()
    {
        using var pair = new LanePair();
        var (_, first) = pair.Open();
        var (_, second) = pair.Open();
        foreach (StreamCore sender in new[] { first, second })
        {
            pair.Sender.SendHead(sender, Lanes.Response(), BodyCoding.AsItIs);
            pair.Sender.SendData(sender, Payload.Copy(new byte[100_000]));
        }

        for (int i = 0; i < 4; i++)
        {
            Deliver(pair);
        }

        Assert.That(Math.Abs(first.QueuedBytes - second.QueuedBytes), Is.LessThanOrEqualTo(2 * LaneOutbound.RecordSize));
        Assert.That(first.BytesDown, Is.GreaterThan(10_000));
        Assert.That(second.BytesDown, Is.GreaterThan(10_000));
    }

    [Test]
    public void Little_is_held_back_until_it_is_flushed()
    {
        using var pair = new LanePair();
        var (listener, sender) = pair.Open();
        pair.Sender.SendHead(sender, Lanes.Response(), BodyCoding.AsItIs);
        pair.Sender.SendData(sender, Payload.Copy(new byte[LaneOutbound.ReleaseAt - 1]));
        pair.Pump();
        Assert.That(listener.TryTake(out _), Is.False);
        pair.Sender.Flush(sender);
        pair.Pump();
        Assert.That(LanePair.Body(pair.Listener, listener), Has.Length.EqualTo(LaneOutbound.ReleaseAt - 1));
    }

    [Test]
    public void Sixteen_kilobytes_go_out_by_themselves()
    {
        using var pair = new LanePair();
        var (listener, sender) = pair.Open();
        pair.Sender.SendHead(sender, Lanes.Response(), BodyCoding.AsItIs);
        pair.Sender.SendData(sender, Payload.Copy(new byte[LaneOutbound.ReleaseAt]));
        pair.Pump();
        Assert.That(LanePair.Body(pair.Listener, listener), Has.Length.EqualTo(LaneOutbound.ReleaseAt));
    }

    [Test]
    public void The_end_lets_all_go()
    {
        using var pair = new LanePair();
        var (listener, sender) = pair.Open();
        pair.Sender.SendHead(sender, Lanes.Response(), BodyCoding.AsItIs);
        pair.Sender.SendData(sender, Payload.Copy(new byte[1]));
        pair.Sender.SendEnd(sender, null);
        pair.Pump();
        Assert.That(listener.EndReceived, Is.True);
    }

    [Test]
    public void After_a_flush_little_is_held_back_again()
    {
        using var pair = new LanePair();
        var (listener, sender) = pair.Open();
        pair.Sender.SendHead(sender, Lanes.Response(), BodyCoding.AsItIs);
        pair.Sender.Flush(sender);
        pair.Pump();
        Assert.That(LanePair.Kinds(pair.Listener, listener), Has.Count.EqualTo(1));
        pair.Sender.SendData(sender, Payload.Copy(new byte[1]));
        pair.Pump();
        Assert.That(listener.TryTake(out _), Is.False);
    }

    [Test]
    public void A_pull_is_one_record_and_its_frames_fit()
    {
        using var pair = new LanePair();
        var (_, sender) = pair.Open();
        pair.Sender.SendHead(sender, Lanes.Response(), BodyCoding.AsItIs);
        pair.Sender.SendData(sender, Payload.Copy(new byte[100_000]));
        int pulls = 0;
        while (pair.Sender.HasOutput)
        {
            ReadOnlyMemory<byte> bytes = pair.Sender.Pull(0);
            Assert.That(bytes.Length, Is.InRange(1, LaneOutbound.RecordSize));
            pulls++;
        }

        Assert.That(pulls, Is.EqualTo(7));
    }

    [Test]
    public void On_a_fast_line_a_pull_is_some_records_and_each_frame_ends_with_its_record([Values(1u, 70u, 20_000u)] uint stream)
    {
        using var pair = new LanePair();
        var (_, sender) = pair.Open();
        sender.Id = stream;
        pair.Sender.SendHead(sender, Lanes.Response(), BodyCoding.AsItIs);
        pair.Sender.SendData(sender, Payload.Copy(new byte[100_000]));
        pair.Sender.Out.PullBudget = 4 * LaneOutbound.RecordSize;
        ReadOnlySpan<byte> bytes = pair.Sender.Pull(0).Span;
        Assert.That(bytes.Length, Is.InRange((4 * LaneOutbound.RecordSize) - Railgun.Protocol.Engine.StreamWriter.SmallestTurn, 4 * LaneOutbound.RecordSize));
        for (int record = 0; record < 4; record++)
        {
            ReadOnlySpan<byte> rest = bytes[(record * LaneOutbound.RecordSize)..];
            rest = rest[..Math.Min(rest.Length, LaneOutbound.RecordSize)];
            while (!rest.IsEmpty)
            {
                Assert.That(FrameHeader.Read(rest, out _, out _, out int length), Is.EqualTo(FrameStatus.Done));
                rest = rest[length..];
            }
        }
    }

    [Test]
    public void Streams_take_turns_within_a_pull_of_some_records()
    {
        using var pair = new LanePair();
        var (_, first) = pair.Open();
        var (_, second) = pair.Open();
        foreach (StreamCore sender in new[] { first, second })
        {
            pair.Sender.SendHead(sender, Lanes.Response(), BodyCoding.AsItIs);
            pair.Sender.SendData(sender, Payload.Copy(new byte[100_000]));
        }

        pair.Sender.Out.PullBudget = 4 * LaneOutbound.RecordSize;
        pair.Sender.Pull(0);
        Assert.That(first.BytesDown, Is.EqualTo(second.BytesDown).Within(LaneOutbound.RecordSize));
    }

    [Test]
    public void A_full_queue_says_when_it_has_room_again()
    {
        using var pair = new LanePair();
        var (_, sender) = pair.Open();
        pair.Sender.SendHead(sender, Lanes.Response(), BodyCoding.AsItIs);
        Assert.That(pair.Sender.HasRoom(sender), Is.True);
        pair.Sender.SendData(sender, Payload.Copy(new byte[LaneOutbound.MaxQueuedPerStream]));
        Assert.That(pair.Sender.HasRoom(sender), Is.False);
        while (pair.Sender.TryTakeSignal(out _, out _, out _))
        {
        }

        pair.PumpDown();
        Assert.That(pair.Sender.TryTakeSignal(out StreamCore? signalled, out _, out bool writable), Is.True);
        Assert.That((signalled, writable, pair.Sender.HasRoom(sender)), Is.EqualTo((sender, true, true)));
    }

    [Test]
    public void Verified_waits_for_company_and_rides_along()
    {
        using var pair = new LanePair();
        StreamCore listener = Proved(pair);
        pair.Listener.Verified(listener, 10, pair.Now);
        Assert.That(pair.Listener.HasOutput, Is.False);
        int before = pair.Up.Count;
        pair.Open();
        FrameHeader.Read([.. pair.Up.Skip(before)], out FrameHeader first, out _, out _);
        Assert.That(first.Type, Is.EqualTo(FrameType.Verified));
        Assert.That(pair.Sender.RetainedBytes, Is.Zero);
    }

    [Test]
    public void Verified_goes_with_the_ping_of_a_silent_lane_at_the_latest()
    {
        using var pair = new LanePair();
        StreamCore listener = Proved(pair);
        pair.Listener.Verified(listener, 10, pair.Now);
        pair.Wait(KeepAlive.DefaultPingAfter - TimeSpan.FromTicks(1));
        Assert.That(pair.Sender.RetainedBytes, Is.EqualTo(10));
        pair.Wait(TimeSpan.FromTicks(1));
        Assert.That(pair.Sender.RetainedBytes, Is.Zero);
    }

    [Test]
    public void Verified_does_not_wait_where_much_is_retained()
    {
        using var pair = new LanePair();
        StreamCore listener = Proved(pair);
        pair.Listener.Verified(listener, Retention.MaxPerStream / 4, pair.Now);
        Assert.That(pair.Listener.HasOutput, Is.True);
    }

    [Test]
    public void A_pong_repeats_its_ping_and_gives_the_round_trip()
    {
        using var pair = new LanePair();
        pair.Wait(KeepAlive.DefaultPingAfter);
        Assert.That(pair.Listener.RoundTrip, Is.EqualTo(TimeSpan.Zero));
        Assert.That(pair.Listener.State, Is.EqualTo(LaneState.Open));
    }

    [Test]
    public void A_silent_lane_is_given_up()
    {
        using var pair = new LanePair();
        var (listener, _) = pair.Open();
        pair.Now += KeepAlive.DefaultDeadAfter.Ticks;
        pair.Listener.Tick(pair.Now);
        Assert.That((pair.Listener.State, pair.Listener.End!.Code), Is.EqualTo((LaneState.Closed, LaneCode.Silent)));
        Fault fault = LanePair.Next(listener).Fault!;
        Assert.That((fault.Stage, fault.Code, fault.RequestUnsent), Is.EqualTo((Stage.Link, ResetCode.LaneLost, false)));
    }

    /// <summary>The listener's side of a stream with one segment of ten bytes, not yet verified.</summary>
    private static StreamCore Proved(LanePair pair)
    {
        var (listener, sender) = pair.OpenDelta();
        pair.Sender.SendSegment(sender, Payload.Copy(new byte[5]), new byte[10], check: 1);
        pair.Sender.Flush(sender);
        pair.Pump();
        Assert.That(pair.Sender.RetainedBytes, Is.EqualTo(10));
        return listener;
    }

    /// <summary>One pull from the sender to the listener.</summary>
    private static void Deliver(LanePair pair) => pair.Listener.Receive(pair.Sender.Pull(pair.Now).Span, pair.Now);
}
