using Railgun.Protocol.Engine;
using Railgun.Protocol.Frames;
using Railgun.Protocol.Heads;
using Railgun.Protocol.Tests.Frames;
using Railgun.Protocol.Versions;

namespace Railgun.Protocol.Tests.Engine;

/// <summary>Peers that mean harm: each flood known from HTTP/2, against our frames, ends in bounded cost and a closed lane with a code. The clock stands still, so no point comes back.</summary>
internal sealed class FloodTests
{
    private const int Patience = 200_000;

    private static readonly byte[] Ping = RawLane.Frame(FrameType.Ping, FrameFlags.None, 0, new byte[8]);

    [Test]
    public void Streams_opened_and_reset()
    {
        using var lane = new RawLane(LinkRole.Sender);
        int sent = Flood(lane, i =>
        {
            lane.SendRequest((uint)i);
            lane.SendFrame(FrameType.Reset, FrameFlags.None, (uint)i, 1, 2);
        });
        AssertEnd(lane, LaneCode.LimitExceeded, sent, FloodGuard.Most / FloodGuard.PerReset);
    }

    [Test]
    public void Streams_opened_and_reset_while_their_handlers_still_work_are_refused()
    {
        using var lane = new RawLane(LinkRole.Sender);
        int accepted = 0;
        for (uint i = 1; i <= 3000; i++)
        {
            lane.SendRequest(i);
            lane.SendFrame(FrameType.Reset, FrameFlags.None, i, 1, 2);
            while (lane.Engine.TryAccept(out _))
            {
                accepted++;
            }
        }

        Assert.That((accepted, lane.Engine.OpenStreams, lane.Engine.State), Is.EqualTo((2 * Limits.MaxStreams, 0, LaneState.Open)));
    }

    [Test]
    public void Requests_beyond_the_most_streams()
    {
        using var lane = new RawLane(LinkRole.Sender);
        int sent = Flood(lane, i => lane.SendRequest((uint)i, FrameFlags.None));
        AssertEnd(lane, LaneCode.LimitExceeded, sent, Limits.MaxStreams + (FloodGuard.Most / FloodGuard.PerReset));
    }

    [Test]
    public void Pings()
    {
        using var lane = new RawLane(LinkRole.Sender);
        int sent = Flood(lane, _ => lane.Send(Ping));
        AssertEnd(lane, LaneCode.LimitExceeded, sent, FloodGuard.Most);
    }

    [Test]
    public void Pongs_to_no_ping()
    {
        using var lane = new RawLane(LinkRole.Listener);
        int sent = Flood(lane, _ => lane.SendFrame(FrameType.Ping, FrameFlags.End, 0, new byte[8]));
        AssertEnd(lane, LaneCode.LimitExceeded, sent, FloodGuard.Most);
    }

    [TestCase(FrameType.Window, 1u)]
    [TestCase(FrameType.LaneWindow, 0u)]
    public void Credit_in_crumbs(FrameType type, uint stream)
    {
        using var lane = new RawLane(LinkRole.Sender);
        lane.SendRequest(1);
        int sent = Flood(lane, _ => lane.SendFrame(type, FrameFlags.None, stream, 1));
        AssertEnd(lane, LaneCode.LimitExceeded, sent, FloodGuard.Most);
    }

    [TestCase(FrameType.Window, 1u, FrameFlags.None)]
    [TestCase(FrameType.Window, 1u, FrameFlags.Mark)]
    [TestCase(FrameType.LaneWindow, 0u, FrameFlags.None)]
    [TestCase(FrameType.LaneWindow, 0u, FrameFlags.Mark)]
    public void Credit_without_measure(FrameType type, uint stream, FrameFlags flags)
    {
        using var lane = new RawLane(LinkRole.Sender);
        lane.SendRequest(1);
        int sent = Flood(lane, _ => lane.SendFrame(type, flags, stream, Bytes.Of(b => b.WriteVarint(1 << 26))));
        AssertEnd(lane, LaneCode.FlowControl, sent, 16);
    }

    [Test]
    public void A_peer_that_gives_no_credit_makes_the_other_side_hold_little()
    {
        using var lane = new RawLane(LinkRole.Sender);
        for (uint id = 1; id <= Limits.MaxStreams; id++)
        {
            lane.SendRequest(id);
            Assert.That(lane.Engine.TryAccept(out StreamCore? stream), Is.True);
            lane.Engine.SendHead(stream!, Lanes.Response(), BodyCoding.AsItIs);
            while (lane.Engine.HasRoom(stream!))
            {
                lane.Engine.SendData(stream!, Payload.Copy(new byte[16 * 1024]));
            }

            lane.Frames();
        }

        Assert.That(lane.Engine.Holdings.Queued, Is.LessThanOrEqualTo(LaneHoldings.MaxQueued + (Limits.MaxStreams * 2L * LaneOutbound.LeastQueuedPerStream)));
    }

    [Test]
    public void Data_without_a_byte()
    {
        using var lane = new RawLane(LinkRole.Sender);
        lane.SendRequest(1, FrameFlags.None);
        int sent = Flood(lane, _ => lane.SendFrame(FrameType.Data, FrameFlags.None, 1));
        AssertEnd(lane, LaneCode.Protocol, sent, 1);
    }

    [Test]
    public void Data_in_crumbs_is_gathered()
    {
        using var lane = new RawLane(LinkRole.Sender);
        lane.SendRequest(1, FrameFlags.None);
        for (int i = 0; i < 100_000; i++)
        {
            lane.SendFrame(FrameType.Data, FrameFlags.None, 1, (byte)i);
        }

        Assert.That(lane.Engine.Holdings.Events, Is.LessThan(40));
        Assert.That(lane.Engine.TryAccept(out StreamCore? stream), Is.True);
        Assert.That(LanePair.Body(lane.Engine, stream!), Is.EqualTo(Enumerable.Range(0, 100_000).Select(i => (byte)i)));
    }

    [Test]
    public void Segments_in_crumbs()
    {
        using var lane = new RawLane(LinkRole.Listener);
        lane.Open(VersionName.Of("base"u8));
        lane.SendResponse(1, 0x13);
        int sent = Flood(lane, _ => lane.SendFrame(FrameType.Data, FrameFlags.Mark, 1, new byte[9]));
        AssertEnd(lane, LaneCode.LimitExceeded, sent, LaneHoldings.MaxEvents);
    }

    [TestCase(FrameFlags.More)]
    [TestCase(FrameFlags.None)]
    public void Parts_of_a_head_without_a_byte(FrameFlags flags)
    {
        using var lane = new RawLane(LinkRole.Sender);
        lane.SendFrame(FrameType.Request, FrameFlags.More, 1, 0);
        int sent = Flood(lane, _ => lane.SendFrame(FrameType.HeadMore, flags, 1));
        AssertEnd(lane, LaneCode.Protocol, sent, 1);
    }

    [Test]
    public void A_head_without_an_end()
    {
        using var lane = new RawLane(LinkRole.Sender);
        lane.SendFrame(FrameType.Request, FrameFlags.More, 1, 0);
        int sent = Flood(lane, _ => lane.SendFrame(FrameType.HeadMore, FrameFlags.More, 1, new byte[1000]));
        AssertEnd(lane, LaneCode.LimitExceeded, sent, (2 * Limits.MaxHead / 1000) + 1);
    }

    [Test]
    public void A_head_that_is_small_on_the_wire_and_large_in_memory()
    {
        using var lane = new RawLane(LinkRole.Sender);
        using var block = new FrameBuffer(1024);
        RequestHead bomb = Lanes.Get();
        for (int i = 0; i < 20; i++)
        {
            bomb.Fields.Add("x-bomb", new string('b', 4000));
        }

        new HeadEncoder(FieldTable.MaxBytes).Encode(block, bomb);
        Assert.That(block.Length, Is.LessThan(6000));
        lane.SendFrame(FrameType.Request, FrameFlags.End, 1, [0, 0, .. block.WrittenSpan]);
        AssertEnd(lane, LaneCode.LimitExceeded, 1, 1);
    }

    [Test]
    public void A_stream_number_that_comes_again()
    {
        using var lane = new RawLane(LinkRole.Sender);
        lane.SendRequest(5);
        lane.SendFrame(FrameType.Reset, FrameFlags.None, 5, 1, 2);
        lane.SendRequest(5);
        AssertEnd(lane, LaneCode.Protocol, 1, 1);
    }

    [Test]
    public void Data_after_the_end()
    {
        using var lane = new RawLane(LinkRole.Sender);
        lane.SendRequest(1);
        lane.SendFrame(FrameType.Data, FrameFlags.None, 1, 1);
        AssertEnd(lane, LaneCode.Protocol, 1, 1);
    }

    [Test]
    public void Data_for_a_stream_that_had_ended_and_is_gone()
    {
        using var lane = new RawLane(LinkRole.Sender);
        lane.SendRequest(1);
        Assert.That(lane.Engine.TryAccept(out StreamCore? stream), Is.True);
        lane.Engine.SendHead(stream!, Lanes.Response(), BodyCoding.AsItIs);
        lane.Engine.SendEnd(stream!, null);
        lane.Frames();
        lane.SendFrame(FrameType.Data, FrameFlags.None, 1, 1);
        AssertEnd(lane, LaneCode.FlowControl, 1, 1);
    }

    [Test]
    public void Data_for_a_stream_that_was_reset_beyond_its_credit()
    {
        using var lane = new RawLane(LinkRole.Sender);
        lane.SendRequest(1, FrameFlags.None);
        Assert.That(lane.Engine.TryAccept(out StreamCore? stream), Is.True);
        lane.Engine.Reset(stream!, Stage.Sender, ResetCode.Internal, "");
        int sent = Flood(lane, _ => lane.SendFrame(FrameType.Data, FrameFlags.None, 1, new byte[Limits.MaxFramePayload]));
        AssertEnd(lane, LaneCode.FlowControl, sent, ((1 << 20) / Limits.MaxFramePayload) + 1);
        Assert.That(sent, Is.EqualTo(((1 << 20) / Limits.MaxFramePayload) + 1), "what was under way must still be taken");
    }

    [TestCase(FrameType.Window, "4400")]
    [TestCase(FrameType.Verified, "05")]
    [TestCase(FrameType.WantRest, "0100")]
    [TestCase(FrameType.Reset, "0102")]
    public void Frames_for_streams_that_are_over(FrameType type, string payload)
    {
        using var lane = new RawLane(LinkRole.Sender);
        lane.SendRequest(1);
        lane.SendFrame(FrameType.Reset, FrameFlags.None, 1, 1, 2);
        int sent = Flood(lane, _ => lane.SendFrame(type, FrameFlags.None, 1, Bytes.FromHex(payload)));
        AssertEnd(lane, LaneCode.LimitExceeded, sent, FloodGuard.Most);
    }

    [Test]
    public void Heads_for_streams_that_are_over()
    {
        using var lane = new RawLane(LinkRole.Listener);
        lane.Engine.LetGo(lane.Open());
        int sent = Flood(lane, _ => lane.SendResponse(1));
        AssertEnd(lane, LaneCode.LimitExceeded, sent, FloodGuard.Most);
    }

    [Test]
    public void Frames_that_nobody_knows()
    {
        using var lane = new RawLane(LinkRole.Listener);
        int sent = Flood(lane, _ => lane.SendFrame((FrameType)0x1F, FrameFlags.None, 0));
        AssertEnd(lane, LaneCode.LimitExceeded, sent, FloodGuard.Most);
    }

    [Test]
    public void Go_aways()
    {
        using var lane = new RawLane(LinkRole.Listener);
        lane.Open();
        int sent = Flood(lane, _ => lane.Send(Bytes.Of(b => GoAwayFrame.Write(b, 1, LaneCode.Leaving, ""))));
        AssertEnd(lane, LaneCode.LimitExceeded, sent, 17);
    }

    [Test]
    public void Offers_of_what_is_not_there_name_nothing_and_keep_nothing()
    {
        using var lane = new RawLane(LinkRole.Sender);
        var heads = new HeadEncoder(FieldTable.MaxBytes);
        VersionRef[] offers = [new(0, VersionName.Of("never"u8)), new(1, default), new(0, VersionName.Of("seen"u8))];
        for (uint id = 1; id <= 500; id++)
        {
            byte[] prefix = Bytes.Of(b => RequestPrefix.Write(b, id == 1 ? 0 : id, id + 1, offers));
            lane.SendFrame(FrameType.Request, FrameFlags.End, id, [.. prefix, .. Heads.Blocks.Request(heads)]);
            Assert.That(lane.Engine.TryAccept(out StreamCore? stream), Is.True);
            Assert.That(stream!.Offers[1].IsDefault, Is.True);
            lane.Engine.SendHead(stream, Lanes.Response(), BodyCoding.AsItIs);
            lane.Engine.SendEnd(stream, null);
            lane.Engine.Done(stream);
            lane.Frames();
        }

        Assert.That((lane.Engine.State, lane.Engine.OpenStreams, lane.Engine.Driven), Is.EqualTo((LaneState.Open, 0, 0)));
    }

    [Test]
    public void A_busy_peer_that_means_well_is_never_taken_for_a_flood()
    {
        using var pair = new LanePair();
        for (int i = 0; i < 20_000; i++)
        {
            var (listener, sender) = pair.Open();
            if (i % 5 == 0)
            {
                pair.Listener.Reset(listener, Stage.Client, ResetCode.Cancelled, "gone");
            }

            pair.Sender.SendHead(sender, Lanes.Response(), BodyCoding.AsItIs);
            pair.Sender.SendEnd(sender, null);
            pair.Pump();
            pair.Listener.LetGo(listener);
            pair.Sender.Done(sender);
        }

        Assert.That((pair.Listener.State, pair.Sender.State), Is.EqualTo((LaneState.Open, LaneState.Open)));
    }

    /// <summary>Repeats until the lane has ended; returns how often. What the lane says is read meanwhile.</summary>
    private static int Flood(RawLane lane, Action<int> send)
    {
        int sent = 0;
        while (lane.Engine.State != LaneState.Closed && sent < Patience)
        {
            send(++sent);
            if (lane.Engine.State != LaneState.Closed)
            {
                lane.Frames();
            }
        }

        return sent;
    }

    private static void AssertEnd(RawLane lane, LaneCode code, int sent, int most)
    {
        Assert.That((lane.Engine.State, lane.Engine.End?.Code), Is.EqualTo((LaneState.Closed, code)), lane.Engine.End?.Text);
        Assert.That(sent, Is.LessThanOrEqualTo(most + 1));
        Assert.That(lane.Frames().Select(f => f.Header.Type), Does.Contain(FrameType.GoAway), "the peer is told");
    }
}
