using Railgun.Protocol.Engine;
using Railgun.Protocol.Versions;

namespace Railgun.Protocol.Tests.Engine;

/// <summary>Bodies that the answers behind them on the same lane are coded against (WIRE_FORMAT.md, Fresh bodies).</summary>
internal sealed class FreshBodyTests
{
    private static readonly VersionName Name = VersionName.Of("one"u8);

    [Test]
    public void A_body_whose_end_is_queued_can_be_named_by_the_next_answer_of_its_page()
    {
        using LanePair pair = Pair();
        var (one, answered) = pair.Open();
        Answer(pair, answered);
        Assert.That(pair.Sender.LastCarried(Asker(pair), Use(1)), Is.EqualTo(new FreshBody(one.Exchange, Name)));
        Assert.That(pair.Sender.LastCarried(Asker(pair), Use(2)), Is.EqualTo(default(FreshBody)), "another page");
    }

    [Test]
    public void Nothing_is_named_to_a_listener_that_does_not_know_it()
    {
        using var pair = new LanePair();
        var (_, answered) = pair.Open();
        Answer(pair, answered);
        Assert.That(pair.Sender.LastCarried(Asker(pair), Use(1)), Is.EqualTo(default(FreshBody)));
    }

    [Test]
    public void Nothing_is_named_where_the_request_does_not_want_it()
    {
        using LanePair pair = Pair();
        var (_, answered) = pair.Open();
        Answer(pair, answered);
        Assert.That(pair.Sender.LastCarried(Asker(pair, takes: false), Use(1)), Is.EqualTo(default(FreshBody)));
    }

    [Test]
    public void What_one_principal_got_is_not_named_to_another()
    {
        using LanePair pair = Pair();
        var (one, answered) = pair.Open();
        var mine = new Principal(1, 2);
        Answer(pair, answered, Use(1) with { Principal = mine, Sharing = Sharing.Principal });
        Assert.That(pair.Sender.LastCarried(Asker(pair), Use(1) with { Principal = mine }).Exchange, Is.EqualTo(one.Exchange));
        Assert.That(pair.Sender.LastCarried(Asker(pair), Use(1)), Is.EqualTo(default(FreshBody)));
        Assert.That(pair.Sender.LastCarried(Asker(pair), Use(1) with { Principal = new Principal(3, 4) }), Is.EqualTo(default(FreshBody)));
    }

    [Test]
    public void A_body_whose_stream_was_reset_is_named_no_more()
    {
        using LanePair pair = Pair();
        var (listener, answered) = pair.Open();
        pair.Sender.SendHead(answered, Lanes.Response(), BodyCoding.AsItIs);
        pair.Sender.SendData(answered, Payload.Copy("one"u8));
        pair.Sender.SendEnd(answered, null);
        pair.Sender.Carried(answered, Use(1), Name);
        pair.Listener.LetGo(listener);
        pair.PumpUp();
        Assert.That(pair.Sender.LastCarried(Asker(pair), Use(1)), Is.EqualTo(default(FreshBody)));
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
        Assert.That(pair.Sender.LastCarried(Asker(pair), Use(1)), Is.EqualTo(default(FreshBody)));
        Assert.That(LanePair.Next(listener).Kind, Is.EqualTo(StreamEventKind.Rest));
        Assert.That(LanePair.Body(pair.Listener, listener), Is.EqualTo("two"u8.ToArray()));
        Assert.That(sender.SendsRest, Is.True);
    }

    [Test]
    public void A_stream_waits_until_the_body_is_stored()
    {
        using LanePair pair = Pair();
        var (one, answered) = pair.Open();
        Answer(pair, answered);
        var (listener, _) = AnswerFresh(pair, one.Exchange);
        Assert.That(Find(pair, listener, one.Exchange), Is.EqualTo(FreshStatus.Waits));
        TakeSignals(pair.Listener);
        pair.Listener.Stored(one, Name);
        Assert.That(TakeSignals(pair.Listener), Does.Contain(listener));
        Assert.That(pair.Listener.FreshWaits.Find(listener, one.Exchange, out VersionName name), Is.EqualTo(FreshStatus.Here));
        Assert.That(name, Is.EqualTo(Name));
    }

    [Test]
    public void A_stream_waits_no_longer_than_somebody_brings_the_body()
    {
        using LanePair pair = Pair();
        var (one, answered) = pair.Open();
        Answer(pair, answered);
        var (listener, _) = AnswerFresh(pair, one.Exchange);
        Find(pair, listener, one.Exchange);
        TakeSignals(pair.Listener);
        pair.Listener.LetGo(one);
        Assert.That(TakeSignals(pair.Listener), Does.Contain(listener));
        Assert.That(Find(pair, listener, one.Exchange), Is.EqualTo(FreshStatus.Gone));
    }

    [Test]
    public void A_stream_does_not_wait_for_ever()
    {
        using LanePair pair = Pair();
        var (one, answered) = pair.Open();
        Answer(pair, answered);
        var (listener, _) = AnswerFresh(pair, one.Exchange);
        Find(pair, listener, one.Exchange);
        TakeSignals(pair.Listener);
        pair.Wait(FreshWaits.Patience);
        Assert.That(TakeSignals(pair.Listener), Does.Contain(listener));
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
            bodies.Add(Use(page), new FreshBody(page + 1, Name));
        }

        Assert.That(bodies.Find(Use(0)), Is.EqualTo(default(FreshBody)));
        Assert.That(bodies.Find(Use(FreshBodies.Capacity)).Exchange, Is.EqualTo(FreshBodies.Capacity + 1));
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
        pair.Sender.SendHead(stream, Lanes.Response(), BodyCoding.AsItIs);
        pair.Sender.SendData(stream, Payload.Copy("one"u8));
        pair.Sender.SendEnd(stream, null);
        pair.Sender.Carried(stream, use ?? Use(1), Name);
        pair.Pump();
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
