using Railgun.Protocol.Engine;
using Railgun.Protocol.Versions;

namespace Railgun.Protocol.Tests.Engine;

/// <summary>Bodies that the answers behind them on the same lane are coded against (WIRE_FORMAT.md, Fresh bodies).</summary>
internal sealed class FreshBodyTests
{
    // A body that has come, and a stream that waits until it is stored.
    private static (StreamCore Base, StreamCore Waiting) Waiting(LanePair pair)
    {
        var (one, answered) = pair.Open();
        Answer(pair, answered);
        var (listener, _) = AnswerFresh(pair, one.Exchange);
        Assert.That(Find(pair, listener, one.Exchange), Is.EqualTo(FreshStatus.Waits));
        TakeSignals(pair.Listener);
        return (one, listener);
    }

    private static readonly VersionName Name = VersionName.Of("one"u8);

    [Test]
    public void A_body_whose_end_is_queued_can_be_named_by_the_next_answer_of_its_page()
    {
        using LanePair pair = Pair();
        var (one, answered) = pair.Open();
        Answer(pair, answered);
        Assert.That(pair.Sender.LastCarried(Asker(pair), Use(1), 100), Is.EqualTo(new FreshBody(one.Exchange, Name)));
        Assert.That(pair.Sender.LastCarried(Asker(pair), Use(2), 100), Is.EqualTo(default(FreshBody)), "another page");
    }

    [Test]
    public void Nothing_is_named_to_a_listener_that_does_not_know_it()
    {
        using var pair = new LanePair();
        var (_, answered) = pair.Open();
        Answer(pair, answered);
        Assert.That(pair.Sender.LastCarried(Asker(pair), Use(1), 100), Is.EqualTo(default(FreshBody)));
    }

    [Test]
    public void Nothing_is_named_where_the_request_does_not_want_it()
    {
        using LanePair pair = Pair();
        var (_, answered) = pair.Open();
        Answer(pair, answered);
        Assert.That(pair.Sender.LastCarried(Asker(pair, takes: false), Use(1), 100), Is.EqualTo(default(FreshBody)));
    }

    [Test]
    public void What_one_principal_got_is_not_named_to_another()
    {
        using LanePair pair = Pair();
        var (one, answered) = pair.Open();
        var mine = new Principal(1, 2);
        Answer(pair, answered, Use(1) with { Principal = mine, Sharing = Sharing.Principal });
        Assert.That(pair.Sender.LastCarried(Asker(pair), Use(1) with { Principal = mine }, 100).Exchange, Is.EqualTo(one.Exchange));
        Assert.That(pair.Sender.LastCarried(Asker(pair), Use(1), 100), Is.EqualTo(default(FreshBody)));
        Assert.That(pair.Sender.LastCarried(Asker(pair), Use(1) with { Principal = new Principal(3, 4) }, 100), Is.EqualTo(default(FreshBody)));
    }

    [Test]
    public void A_body_whose_stream_was_reset_is_named_no_more()
    {
        using LanePair pair = Pair();
        var (listener, answered) = pair.Open();
        Queue(pair, answered, "one"u8);
        pair.Listener.LetGo(listener);
        pair.PumpUp();
        Assert.That(pair.Sender.LastCarried(Asker(pair), Use(1), 100), Is.EqualTo(default(FreshBody)));
    }

    [Test]
    public void None_is_named_any_more_when_the_rest_of_a_body_against_one_is_wanted()
    {
        using LanePair pair = Pair();
        var (one, answered) = pair.Open();
        Answer(pair, answered);
        var (listener, sender) = AnswerFresh(pair, one.Exchange);
        pair.Listener.WantRest(listener, 0);
        pair.Pump();
        Assert.That(pair.Sender.LastCarried(Asker(pair), Use(1), 100), Is.EqualTo(default(FreshBody)));
        Assert.That(LanePair.Next(listener).Kind, Is.EqualTo(StreamEventKind.Rest));
        Assert.That(LanePair.Body(pair.Listener, listener), Is.EqualTo("two"u8.ToArray()));
        Assert.That(sender.SendsRest, Is.True);
    }

    [Test]
    public void A_stream_waits_until_the_body_is_stored()
    {
        using LanePair pair = Pair();
        var (one, listener) = Waiting(pair);
        pair.Listener.Stored(one, Name);
        Assert.That(TakeSignals(pair.Listener), Does.Contain(listener));
        Assert.That(pair.Listener.FreshWaits.Find(listener, one.Exchange, out VersionName name), Is.EqualTo(FreshStatus.Here));
        Assert.That(name, Is.EqualTo(Name));
    }

    [Test]
    public void A_stream_waits_no_longer_than_somebody_brings_the_body()
    {
        using LanePair pair = Pair();
        var (one, listener) = Waiting(pair);
        pair.Listener.LetGo(one);
        Assert.That(TakeSignals(pair.Listener), Does.Contain(listener));
        Assert.That(Find(pair, listener, one.Exchange), Is.EqualTo(FreshStatus.Gone));
    }

    [Test]
    public void A_stream_does_not_wait_for_ever()
    {
        using LanePair pair = Pair();
        var (one, listener) = Waiting(pair);
        pair.Wait(FreshWaits.Patience);
        Assert.That(TakeSignals(pair.Listener), Does.Contain(listener));
        Assert.That(Find(pair, listener, one.Exchange), Is.EqualTo(FreshStatus.Gone));
    }

    [Test]
    public void A_stream_waits_longer_while_others_are_stored_but_not_for_ever()
    {
        using LanePair pair = Pair();
        var (one, listener) = Waiting(pair);
        TimeSpan step = FreshWaits.Patience / 2;
        for (TimeSpan waited = step; waited < FreshWaits.MostPatience; waited += step)
        {
            pair.Wait(step);
            var (other, _) = pair.Open();
            pair.Listener.Stored(other, Name);
            Assert.That(Find(pair, listener, one.Exchange), Is.EqualTo(FreshStatus.Waits), $"{waited}");
        }

        pair.Wait(step);
        Assert.That(Find(pair, listener, one.Exchange), Is.EqualTo(FreshStatus.Gone));
    }

    [TestCase(1ul, TestName = "Itself")]
    [TestCase(77ul, TestName = "One that nobody carries")]
    public void Nobody_waits_for(ulong exchange)
    {
        using LanePair pair = Pair();
        var (listener, _) = pair.Open();
        Assert.That(Find(pair, listener, exchange), Is.EqualTo(FreshStatus.Gone));
    }

    [Test]
    public void A_lane_remembers_a_bounded_number_of_pages()
    {
        var bodies = new FreshBodies();
        for (ulong page = 0; page <= FreshBodies.Capacity; page++)
        {
            bodies.Add(Use(page), (uint)page, new FreshBody(page + 1, Name));
        }

        Assert.That(bodies.Find(Use(0), 0), Is.EqualTo(default(FreshBody)));
        Assert.That(bodies.Find(Use(FreshBodies.Capacity), 0).Exchange, Is.EqualTo(FreshBodies.Capacity + 1));
    }

    [Test]
    public void A_body_is_named_as_soon_as_its_end_waits_for_nothing_but_the_writer()
    {
        using LanePair pair = Pair();
        var (one, answered) = pair.Open();
        StreamCore asker = Asker(pair);
        Queue(pair, answered, "one"u8);
        Assert.That(pair.Sender.LastCarried(asker, Use(1), 100).Exchange, Is.EqualTo(one.Exchange));
        pair.Sender.Reset(answered, Stage.Origin, ResetCode.Internal, "over");
        Assert.That(pair.Sender.LastCarried(asker, Use(1), 100), Is.EqualTo(default(FreshBody)), "it does not come any more");
    }

    [Test]
    public void A_long_body_is_named_only_once_its_end_is_on_the_lane()
    {
        using LanePair pair = Pair();
        var (one, answered) = pair.Open();
        StreamCore asker = Asker(pair);
        Queue(pair, answered, new byte[LaneOutbound.RecordSize]);
        Assert.That(pair.Sender.LastCarried(asker, Use(1), 100), Is.EqualTo(default(FreshBody)));
        pair.PumpDown();
        Assert.That(pair.Sender.LastCarried(asker, Use(1), 100).Exchange, Is.EqualTo(one.Exchange));
    }

    [Test]
    public void A_body_behind_more_than_a_record_of_others_is_named_only_once_its_end_is_on_the_lane()
    {
        using LanePair pair = Pair();
        var (_, ahead) = pair.Open();
        var (one, answered) = pair.Open();
        StreamCore asker = Asker(pair);
        Queue(pair, ahead, new byte[LaneOutbound.RecordSize - 8], Use(2));
        Queue(pair, answered, "behind it"u8);
        Assert.That(pair.Sender.LastCarried(asker, Use(1), 100), Is.EqualTo(default(FreshBody)));
        pair.PumpDown();
        Assert.That(pair.Sender.LastCarried(asker, Use(1), 100).Exchange, Is.EqualTo(one.Exchange));
    }

    [Test]
    public void A_body_that_waits_for_credit_is_not_named_before_it_came([Values] bool ofLane)
    {
        using LanePair pair = Pair();
        var (one, answered) = pair.Open();
        StreamCore asker = Asker(pair);
        (long stream, long lane) = (answered.SendCredit, pair.Sender.Out.SendCredit);
        (answered.SendCredit, pair.Sender.Out.SendCredit) = ofLane ? (stream, 0L) : (0L, lane);
        Queue(pair, answered, "one"u8);
        pair.PumpDown();
        Assert.That(pair.Sender.LastCarried(asker, Use(1), 100), Is.EqualTo(default(FreshBody)));
        answered.SendCredit = stream;
        pair.Sender.Out.AddCredit(ofLane ? lane : 0, grown: false);
        pair.Sender.Out.Unblock(answered);
        pair.PumpDown();
        Assert.That(pair.Sender.LastCarried(asker, Use(1), 100).Exchange, Is.EqualTo(one.Exchange));
    }

    [Test]
    public void A_body_that_the_listener_resets_behind_its_end_is_named_no_more()
    {
        using LanePair pair = Pair();
        var (one, answered) = pair.Open();
        Answer(pair, answered);
        pair.Sender.Done(answered);
        Assert.That(pair.Sender.Streams.Find(one.Id), Is.Null, "the sender has done with it");
        pair.Listener.Reset(one, Stage.Client, ResetCode.Cancelled, "gone");
        pair.Pump();
        Assert.That(pair.Sender.LastCarried(Asker(pair), Use(1), 100), Is.EqualTo(default(FreshBody)));
    }

    [Test]
    public void Nobody_waits_for_a_body_that_is_not_stored()
    {
        using LanePair pair = Pair();
        var (one, listener) = Waiting(pair);
        pair.Listener.NotStored(one);
        Assert.That(TakeSignals(pair.Listener), Does.Contain(listener));
        Assert.That(Find(pair, listener, one.Exchange), Is.EqualTo(FreshStatus.Gone));
    }

    [Test]
    public void Nothing_is_coded_against_fresh_bodies_of_a_page_for_a_while_after_one_was_lacking()
    {
        var bodies = new FreshBodies();
        long now = 0;
        var last = TimeSpan.Zero;
        for (int times = 0; times < 10; times++)
        {
            bodies.Lacked(Use(1).Page, now);
            bodies.Lacked(Use(1).Page, now + 1);
            bodies.Add(Use(1), 1, new FreshBody(1, Name));
            bodies.Add(Use(2), 2, new FreshBody(2, Name));
            Assert.That(bodies.Find(Use(2), now).Exchange, Is.EqualTo(2), "another page");
            TimeSpan pause = last == TimeSpan.Zero ? FreshBodies.FirstPause : TimeSpan.FromTicks(Math.Min(2 * last.Ticks, FreshBodies.LongestPause.Ticks));
            Assert.That(bodies.Find(Use(1), now + pause.Ticks - 1).Exchange, Is.Zero, $"{pause}");
            now += pause.Ticks;
            Assert.That(bodies.Find(Use(1), now).Exchange, Is.EqualTo(1), $"{pause}");
            last = pause;
        }

        now += 3 * FreshBodies.LongestPause.Ticks;
        bodies.Lacked(Use(1).Page, now);
        bodies.Add(Use(1), 1, new FreshBody(1, Name));
        Assert.That(bodies.Find(Use(1), now + FreshBodies.FirstPause.Ticks).Exchange, Is.EqualTo(1), "long after the last time it begins anew");
    }

    [Test]
    public void What_may_be_too_much_to_be_kept_waits_for_the_proof_of_its_beginning([Values] bool lengthKnown)
    {
        using LanePair pair = Pair();
        var (one, answered) = pair.Open();
        Answer(pair, answered);
        StreamCore stream = Asker(pair);
        const int Pieces = (Retention.MaxPerStream / Limits.MaxSegmentTarget) - 1;
        FreshBody fresh = pair.Sender.LastCarried(stream, Use(1), lengthKnown ? Retention.MaxPerStream : null);
        Assert.That(fresh.Exchange, Is.EqualTo(one.Exchange));
        pair.Sender.SendHead(stream, Lanes.Response(), new BodyCoding(Codec.FreshDelta, Fresh: fresh.Exchange));
        for (int i = 0; i <= Pieces; i++)
        {
            Assert.That(pair.Sender.HasRoom(stream), Is.True, $"{i}");
            pair.Sender.SendSegment(stream, Payload.Copy("2"u8), new byte[Limits.MaxSegmentTarget], check: 2);
        }

        pair.Pump();
        Assert.That((pair.Sender.HasRoom(stream), stream.Retained.Start), Is.EqualTo((lengthKnown, 0L)));
        TakeSignals(pair.Sender);
        StreamCore listener = pair.Listener.Streams.Find(stream.Id)!;
        pair.Listener.Verified(listener, Retention.MaxPerStream / 4, pair.Now);
        pair.Pump();
        Assert.That((pair.Sender.HasRoom(stream), stream.Reserved), Is.EqualTo((true, 0)));
        Assert.That(TakeSignals(pair.Sender), lengthKnown ? Is.Empty : Does.Contain(stream));
        LanePair.Kinds(pair.Listener, listener);
    }

    [Test]
    public void Memory_that_was_set_aside_is_free_again_when_the_answer_does_not_need_it()
    {
        using LanePair pair = Pair();
        var (_, answered) = pair.Open();
        Answer(pair, answered);
        StreamCore stream = Asker(pair);
        pair.Sender.LastCarried(stream, Use(1), 1000);
        Assert.That(pair.Sender.Streams.ReservedBytes, Is.EqualTo(1000));
        pair.Sender.SendHead(stream, Lanes.Response(), BodyCoding.AsItIs);
        Assert.That(pair.Sender.Streams.ReservedBytes, Is.Zero);
    }

    [Test]
    public void A_body_longer_than_can_be_kept_is_coded_against_no_fresh_one()
    {
        using LanePair pair = Pair();
        var (_, answered) = pair.Open();
        Answer(pair, answered);
        Assert.That(pair.Sender.LastCarried(Asker(pair), Use(1), Retention.MaxPerStream + 1), Is.EqualTo(default(FreshBody)));
    }

    private static LanePair Pair()
    {
        Hello listener = Lanes.Hello(LinkRole.Listener);
        Hello sender = Lanes.Hello(LinkRole.Sender);
        listener.Codecs |= CodecKinds.Fresh;
        sender.Codecs |= CodecKinds.Fresh;
        return new LanePair(listener, sender);
    }

    /// <summary>The sender's side of a request that takes fresh bodies, or does not.</summary>
    private static StreamCore Asker(LanePair pair, bool takes = true)
    {
        pair.Listener.Open(Lanes.Get(), 100 + pair.Listener.Streams.Last, [], end: true, fresh: takes);
        pair.Pump();
        Assert.That(pair.Sender.TryAccept(out StreamCore? accepted), Is.True);
        return accepted!;
    }

    private static VersionUse Use(ulong page) => new(new PageKey(1, page), default, Principal.Anonymous, Sharing.Public);

    private static void Answer(LanePair pair, StreamCore stream, VersionUse? use = null)
    {
        Queue(pair, stream, "one"u8, use);
        pair.Pump();
    }

    private static void Queue(LanePair pair, StreamCore stream, ReadOnlySpan<byte> body, VersionUse? use = null)
    {
        pair.Sender.SendHead(stream, Lanes.Response(), BodyCoding.AsItIs);
        pair.Sender.SendData(stream, Payload.Copy(body));
        pair.Sender.SendEnd(stream, null);
        pair.Sender.Carried(stream, use ?? Use(1), Name);
    }

    private static (StreamCore Listener, StreamCore Sender) AnswerFresh(LanePair pair, ulong fresh)
    {
        var (listener, sender) = pair.Open();
        pair.Sender.SendHead(sender, Lanes.Response(), new BodyCoding(Codec.FreshDelta, Fresh: fresh));
        pair.Sender.SendSegment(sender, Payload.Copy("2"u8), "two"u8, check: 2);
        pair.Sender.SendEnd(sender, null);
        pair.Pump();
        Assert.That(LanePair.Next(listener).Coding.Fresh, Is.EqualTo(fresh));
        return (listener, sender);
    }

    private static FreshStatus Find(LanePair pair, StreamCore stream, ulong exchange) => pair.Listener.FreshWaits.Find(stream, exchange, out _);

    private static List<StreamCore> TakeSignals(LaneEngine engine)
    {
        List<StreamCore> signalled = [];
        while (engine.TryTakeSignal(out StreamCore? stream, out _, out _))
        {
            signalled.Add(stream!);
        }

        return signalled;
    }
}
