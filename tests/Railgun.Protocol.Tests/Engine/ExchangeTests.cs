using Railgun.Protocol.Engine;
using Railgun.Protocol.Frames;
using Railgun.Protocol.Heads;
using Railgun.Protocol.Versions;

namespace Railgun.Protocol.Tests.Engine;

internal sealed class ExchangeTests
{
    [Test]
    public void A_request_with_a_body_and_trailers_arrives_whole()
    {
        using var pair = new LanePair();
        var (listener, sender) = pair.Open(end: false, target: "/cart?id=1");
        pair.Listener.SendData(listener, Payload.Copy("hello "u8));
        pair.Listener.SendData(listener, Payload.Copy("there"u8));
        pair.Listener.SendEnd(listener, new FieldList { { "x-sum", "11" } });
        pair.Pump();
        Assert.That((sender.Request!.Method, sender.Request.Target, sender.Exchange), Is.EqualTo(("GET", "/cart?id=1", 1UL)));
        List<byte> body = [];
        StreamEvent next = LanePair.Next(sender);
        for (; next.Kind == StreamEventKind.Data; next = LanePair.Next(sender))
        {
            body.AddRange(next.Data.Span);
            next.Data.Dispose();
        }

        Assert.That(body, Is.EqualTo("hello there"u8.ToArray()));
        Assert.That((next.Kind, next.Trailers?.First("x-sum")), Is.EqualTo((StreamEventKind.End, "11")));
    }

    [Test]
    public void A_response_comes_with_its_informational_ones_before_and_trailers_behind()
    {
        using var pair = new LanePair();
        var (listener, sender) = pair.Open();
        pair.Sender.SendInformational(sender, Lanes.Response(103));
        pair.Sender.SendHead(sender, Lanes.Response(404), BodyCoding.AsItIs);
        pair.Sender.SendData(sender, Payload.Copy("gone"u8));
        pair.Sender.SendEnd(sender, new FieldList { { "server-timing", "x" } });
        pair.Pump();
        Assert.That(LanePair.Next(listener).Head!.Status, Is.EqualTo(103));
        Assert.That(LanePair.Next(listener).Head!.Status, Is.EqualTo(404));
        StreamEvent data = LanePair.Next(listener);
        Assert.That(data.Data.Span.SequenceEqual("gone"u8), Is.True);
        data.Data.Dispose();
        Assert.That(LanePair.Next(listener).Trailers!.Count, Is.EqualTo(1));
        Assert.That((pair.Sender.OpenStreams, pair.Listener.OpenStreams), Is.EqualTo((0, 1)));
        pair.Listener.LetGo(listener);
        Assert.That(pair.Listener.OpenStreams, Is.Zero);
    }

    [Test]
    public void A_small_answer_is_one_frame_for_the_head_and_one_for_all_the_rest()
    {
        using var pair = new LanePair();
        var (listener, sender) = pair.Open();
        int before = pair.Down.Count;
        pair.Sender.SendHead(sender, Lanes.Response(), BodyCoding.AsItIs);
        pair.Sender.SendData(sender, Payload.Copy("ok"u8));
        pair.Sender.SendEnd(sender, null);
        pair.Pump();
        byte[] bytes = [.. pair.Down.Skip(before)];
        FrameHeader.Read(bytes, out FrameHeader head, out _, out int length);
        FrameHeader.Read(bytes.AsSpan(length), out FrameHeader data, out _, out int rest);
        Assert.That((head.Type, head.Flags), Is.EqualTo((FrameType.Response, FrameFlags.None)));
        Assert.That((data.Type, data.Flags), Is.EqualTo((FrameType.Data, FrameFlags.End)));
        Assert.That(length + rest, Is.EqualTo(bytes.Length));
        Assert.That(LanePair.Kinds(pair.Listener, listener), Is.EqualTo(new[] { StreamEventKind.Head, StreamEventKind.Data, StreamEventKind.End }));
    }

    [Test]
    public void An_empty_answer_is_a_head_alone()
    {
        using var pair = new LanePair();
        var (listener, sender) = pair.Open();
        pair.Sender.SendHead(sender, Lanes.Response(204), BodyCoding.AsItIs);
        pair.Sender.SendEnd(sender, null);
        pair.Pump();
        Assert.That(LanePair.Kinds(pair.Listener, listener), Is.EqualTo(new[] { StreamEventKind.Head, StreamEventKind.End }));
    }

    [Test]
    public void A_head_longer_than_a_frame_crosses_in_parts()
    {
        using var pair = new LanePair();
        RequestHead head = Lanes.Get();
        for (int i = 0; i < 6; i++)
        {
            head.Fields.Add($"x-{i}", new string((char)('a' + i), 10_000));
        }

        StreamCore listener = pair.Listener.Open(head, 7, [], end: true)!;
        pair.Pump();
        Assert.That(pair.Sender.TryAccept(out StreamCore? sender), Is.True);
        Assert.That(sender!.Request!.Fields, Is.EqualTo(head.Fields));
        Assert.That((sender.Id, listener.Id, sender.EndReceived), Is.EqualTo((1u, 1u, true)));
    }

    [Test]
    public void Offers_are_named_by_handle_where_the_lane_knows_them_and_in_full_where_not()
    {
        using var pair = new LanePair();
        VersionName known = VersionName.Of("known"u8);
        VersionName other = VersionName.Of("other"u8);
        var (listener, sender) = pair.Open();
        pair.Listener.Stored(listener, known);
        pair.Sender.Stored(sender, known);
        int before = pair.Up.Count;
        var (_, second) = pair.Open(offers: [known]);
        int byHandle = pair.Up.Count - before;
        var (_, third) = pair.Open(offers: [other]);
        int byName = pair.Up.Count - before - byHandle;
        Assert.That(second.Offers, Is.EqualTo(new[] { known }));
        Assert.That(third.Offers, Is.EqualTo(new[] { other }));
        Assert.That(byName - byHandle, Is.EqualTo(VersionName.Size));
    }

    [Test]
    public void A_handle_that_the_sender_does_not_know_names_nothing()
    {
        using var pair = new LanePair();
        VersionName known = VersionName.Of("known"u8);
        var (listener, _) = pair.Open();
        pair.Listener.Stored(listener, known);
        var (_, second) = pair.Open(offers: [known]);
        Assert.That(second.Offers.Single().IsDefault, Is.True);
    }

    [Test]
    public void Byte_for_byte_the_same_events_come()
    {
        byte[] recorded;
        List<string> whole;
        using (var pair = new LanePair())
        {
            Talk(pair);
            recorded = [.. pair.Up];
            whole = Events(recorded, recorded.Length);
        }

        Assert.That(whole, Has.Count.GreaterThan(8));
        Assert.That(Events(recorded, 1), Is.EqualTo(whole));
        Assert.That(Events(recorded, 3), Is.EqualTo(whole));
        Assert.That(Events(recorded, 17), Is.EqualTo(whole));
    }

    [Test]
    public void The_limit_of_open_streams_holds_on_both_sides()
    {
        Hello few = Lanes.Hello(LinkRole.Sender);
        few.MaxStreams = 2;
        using var pair = new LanePair(sender: few);
        pair.Open();
        pair.Open();
        Assert.That(pair.Listener.Open(Lanes.Get(), 3, [], end: true), Is.Null);

        using var lane = new RawLane(LinkRole.Sender);
        for (uint id = 1; id <= Limits.MaxStreams + 1; id++)
        {
            lane.SendRequest(id);
        }

        (FrameHeader header, byte[] payload) = lane.Frames().Single();
        Assert.That((header.Type, header.Stream), Is.EqualTo((FrameType.Reset, (uint)Limits.MaxStreams + 1)));
        Assert.That(payload[..2], Is.EqualTo(new[] { (byte)Stage.Sender, (byte)ResetCode.Refused }));
        Assert.That(lane.Engine.State, Is.EqualTo(LaneState.Open));
    }

    [TestCase(0)]
    [TestCase(1)]
    public void As_many_informational_responses_as_may_be_pass_and_one_more_breaks_their_stream(int beyond)
    {
        using var lane = new RawLane(LinkRole.Listener);
        StreamCore stream = lane.Open();
        var encoder = new HeadEncoder(FieldTable.MaxBytes);
        for (int i = 0; i < HeadInbound.MaxInformationals + beyond; i++)
        {
            lane.SendFrame(FrameType.Informational, FrameFlags.None, 1, Heads.Blocks.Response(encoder, 103, HeadKind.Informational));
        }

        List<StreamEventKind> kinds = LanePair.Kinds(lane.Engine, stream);
        Assert.That(kinds.Count(kind => kind == StreamEventKind.Fault), Is.EqualTo(beyond));
        Assert.That(kinds.Count(kind => kind == StreamEventKind.Informational), Is.EqualTo(HeadInbound.MaxInformationals));
        (FrameHeader Header, byte[] Payload)[] resets = [.. lane.Frames().Where(frame => frame.Header.Type == FrameType.Reset)];
        Assert.That(resets.Select(frame => (ResetCode)frame.Payload[1]), beyond == 0 ? Is.Empty : Is.EqualTo(new[] { ResetCode.LimitExceeded }));
        Assert.That(lane.Engine.State, Is.EqualTo(LaneState.Open));
    }

    private static void Talk(LanePair pair)
    {
        var (first, _) = pair.Open(end: false, target: "/a");
        pair.Listener.SendData(first, Payload.Copy(new byte[20_000]));
        pair.Listener.SendEnd(first, new FieldList { { "x-end", "1" } });
        var (second, _) = pair.Open(offers: [VersionName.Of("v"u8)], target: "/b");
        pair.Listener.Reset(second, Stage.Client, ResetCode.Cancelled, "gone");
        RequestHead large = Lanes.Get("/c");
        large.Fields.Add("x-large", new string('x', 30_000));
        pair.Listener.Open(large, 3, [], end: true);
        pair.Pump();
    }

    /// <summary>What a fresh sender makes of the bytes, fed in pieces of that size.</summary>
    private static List<string> Events(byte[] bytes, int piece)
    {
        using var engine = new LaneEngine(new LaneEngineOptions { Hello = Lanes.Hello(LinkRole.Sender), Dialled = true }, 0);
        List<StreamCore> streams = [];
        for (int at = 0; at < bytes.Length; at += piece)
        {
            engine.Receive(bytes.AsSpan(at, Math.Min(piece, bytes.Length - at)), 0);
            while (engine.TryAccept(out StreamCore? accepted))
            {
                streams.Add(accepted!);
            }
        }

        List<string> events = [engine.State.ToString()];
        foreach (StreamCore stream in streams)
        {
            events.Add($"{stream.Id} {stream.Request!.Target} {stream.Request.Fields.Count} {string.Join(' ', stream.Offers)} {stream.BytesUp}");
            while (stream.TryTake(out StreamEvent next))
            {
                events.Add($"{stream.Id} {next.Kind} {next.Data.Length} {next.Trailers?.Count} {next.Fault}");
                next.Data.Dispose();
            }
        }

        return events;
    }
}
