using System.Reflection;
using Railgun.Protocol.Engine;

namespace Railgun.Protocol.Tests.Engine;

/// <summary>Stream objects that are used again.</summary>
internal sealed class StreamPoolTests
{
    [Test]
    public void A_stream_that_comes_back_is_as_a_new_one_but_for_its_generation()
    {
        using var pair = new LanePair();
        var (listener, sender) = pair.OpenDelta();
        pair.Sender.SendSegment(sender, Payload.Copy("1"u8), "one"u8, check: 1);
        pair.Sender.SendEnd(sender, null);
        pair.Sender.Done(sender);
        pair.Pump();
        LanePair.Kinds(pair.Listener, listener);
        pair.Listener.Verified(listener, 3, pair.Now);
        pair.Listener.LetGo(listener);
        pair.Wait(TimeSpan.FromSeconds(6));
        TakeSignals(pair);
        AssertAsNew(listener, pair.Listener);
        AssertAsNew(sender, pair.Sender);
    }

    [Test]
    public void A_stream_that_waits_to_be_written_comes_back_when_the_writer_has_passed_it()
    {
        using var pair = new LanePair();
        StreamCore stream = pair.Listener.Open(Lanes.Get(), 1, [], end: true)!;
        pair.Listener.LetGo(stream);
        Assert.That(pair.Listener.Pool.Count, Is.Zero);
        pair.Pump();
        AssertAsNew(stream, pair.Listener);
    }

    [Test]
    public void A_stream_that_retains_something_comes_back_when_that_is_proved()
    {
        using var pair = new LanePair();
        var (listener, sender) = pair.OpenDelta();
        pair.Sender.SendSegment(sender, Payload.Copy("1"u8), "one"u8, check: 1);
        pair.Sender.SendEnd(sender, null);
        pair.Sender.Done(sender);
        pair.Pump();
        Assert.That((pair.Sender.Pool.Count, sender.Generation), Is.EqualTo((0, 0u)));
        pair.Listener.Verified(listener, 3, pair.Now);
        pair.Wait(TimeSpan.FromSeconds(6));
        TakeSignals(pair);
        Assert.That((pair.Sender.Pool.Count, sender.Generation), Is.EqualTo((1, 1u)));
        LanePair.Kinds(pair.Listener, listener);
        pair.Listener.LetGo(listener);
    }

    [Test]
    public void A_stream_that_its_driver_still_has_does_not_come_back()
    {
        using var pair = new LanePair();
        var (listener, sender) = pair.Open();
        pair.Sender.Reset(sender, Stage.Origin, ResetCode.OriginBroken, "broken");
        pair.Pump();
        Assert.That((pair.Listener.Pool.Count, pair.Sender.Pool.Count), Is.EqualTo((0, 0)));
        LanePair.Kinds(pair.Listener, listener);
        pair.Listener.LetGo(listener);
        pair.Sender.Done(sender);
        TakeSignals(pair);
        Assert.That((pair.Listener.Pool.Count, pair.Sender.Pool.Count), Is.EqualTo((1, 1)));
    }

    [Test]
    public void The_next_stream_is_the_last_object_that_came_back()
    {
        using var pair = new LanePair();
        StreamCore first = pair.Listener.Open(Lanes.Get(), 1, [], end: true)!;
        pair.Listener.LetGo(first);
        pair.Pump();
        StreamCore second = pair.Listener.Open(Lanes.Get(), 2, [], end: true)!;
        Assert.That(second, Is.SameAs(first));
        Assert.That((second.Exchange, second.Generation, second.Dead), Is.EqualTo((2ul, 1u, false)));
    }

    private static void TakeSignals(LanePair pair)
    {
        foreach (LaneEngine engine in (LaneEngine[])[pair.Listener, pair.Sender])
        {
            while (engine.TryTakeSignal(out _, out _, out _))
            {
            }
        }
    }

    // Every field, so that one that is added and not reset is found.
    private static void AssertAsNew(StreamCore stream, LaneEngine engine)
    {
        Assert.That(stream.Generation, Is.EqualTo(1));
        stream.Begin(7, 8, 9);
        var fresh = new StreamCore(7, 8, engine.Holdings, 9);
        AssertSame(typeof(StreamCore), stream, fresh);
        AssertSame(typeof(SignatureTransfer), stream.Signature, fresh.Signature);
    }

    private static void AssertSame(Type type, object used, object fresh)
    {
        foreach (FieldInfo field in type.GetFields(BindingFlags.Instance | BindingFlags.NonPublic))
        {
            if (!field.Name.Contains("Generation", StringComparison.Ordinal) && field.FieldType != typeof(SignatureTransfer))
            {
                Assert.That(field.GetValue(used), Is.EqualTo(field.GetValue(fresh)), field.Name);
            }
        }
    }
}
