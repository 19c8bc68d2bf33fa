using Railgun.Protocol.Engine;
using Railgun.Protocol.Frames;
using Railgun.Protocol.Versions;

namespace Railgun.Protocol.Tests.Engine;

/// <summary>Signatures on their way: with the request, or asked for.</summary>
internal sealed class SignatureFrameTests
{
    private static readonly VersionName[] Offers = [VersionName.Of("one"u8), VersionName.Of("two"u8)];

    [TestCase(true, 1)]
    [TestCase(true, 400)]
    [TestCase(true, 60_000)]
    [TestCase(false, 400)]
    [TestCase(false, 60_000)]
    public void A_signature_comes_with_the_request_and_is_no_part_of_its_body(bool end, int length)
    {
        using var pair = new LanePair();
        byte[] bytes = Noise(length);
        StreamCore opened = pair.Listener.Open(Lanes.Get(), 1, Offers, end, new OfferSignature(1, bytes))!;
        if (!end)
        {
            pair.Listener.SendData(opened, Payload.Copy([1, 2, 3]));
            pair.Listener.SendEnd(opened, null);
        }

        pair.Pump();
        Assert.That(pair.Sender.TryAccept(out StreamCore? accepted), Is.True);
        Assert.That((accepted!.Signature.Announced, accepted.EndReceived), Is.EqualTo((true, true)));
        OfferSignature taken = pair.Sender.TakeSignature(accepted);
        Assert.That((taken.Offer, taken.Bytes.ToArray()), Is.EqualTo((1, bytes)));
        Assert.That(LanePair.Body(pair.Sender, accepted), Is.EqualTo(end ? Array.Empty<byte>() : [1, 2, 3]));
        Assert.That(pair.Sender.Streams.SignatureBytes, Is.Zero);
    }

    [Test]
    public void With_the_request_it_takes_no_round_trip()
    {
        using var pair = new LanePair();
        pair.Listener.Open(Lanes.Get(), 1, Offers, end: true, new OfferSignature(0, Noise(30_000)));
        pair.PumpUp();
        Assert.That(pair.Sender.TryAccept(out StreamCore? accepted), Is.True);
        Assert.That(pair.Sender.TakeSignature(accepted!).Bytes.Length, Is.EqualTo(30_000), "nothing was said to the listener meanwhile");
    }

    [Test]
    public void A_small_request_and_its_signature_leave_together()
    {
        using var pair = new LanePair();
        pair.Listener.Open(Lanes.Get(), 1, Offers, end: true, new OfferSignature(0, Noise(500)));
        ReadOnlyMemory<byte> pulled = pair.Listener.Pull(pair.Now);
        Assert.That(pulled.Length, Is.GreaterThan(500));
        Assert.That(pair.Listener.HasOutput, Is.False);
    }

    [Test]
    public void A_want_is_told_once()
    {
        using var pair = new LanePair();
        var (listener, sender) = pair.Open(offers: Offers);
        pair.Sender.WantSignature(sender, 1);
        pair.Sender.WantSignature(sender, 0);
        pair.Pump();
        StreamEvent wanted = LanePair.Next(listener);
        Assert.That((wanted.Kind, wanted.Offer), Is.EqualTo((StreamEventKind.WantSignature, 1)));
        Assert.That(listener.TryTake(out _), Is.False, "it is asked for once");
        Assert.That(pair.Sender.TakeSignature(sender).IsEmpty, Is.True);
    }

    [Test]
    public void An_answer_to_a_want_is_taken_like_an_announced_one()
    {
        using var pair = new LanePair();
        var (listener, sender) = pair.Open(offers: Offers);
        pair.Sender.WantSignature(sender, 1);
        pair.Pump();
        pair.Listener.SendSignature(listener, new OfferSignature(1, Noise(40_000)));
        pair.Pump();
        OfferSignature taken = pair.Sender.TakeSignature(sender);
        Assert.That((taken.Offer, taken.Bytes.Length), Is.EqualTo((1, 40_000)));
    }

    [Test]
    public void One_that_comes_too_late_is_dropped()
    {
        using var pair = new LanePair();
        var (listener, sender) = pair.Open(offers: Offers);
        pair.Sender.WantSignature(sender, 0);
        pair.PumpDown();
        Assert.That(pair.Sender.TakeSignature(sender).IsEmpty, Is.True);
        pair.Sender.SendHead(sender, Lanes.Response(), BodyCoding.AsItIs);
        pair.Sender.SendEnd(sender, null);
        pair.Listener.SendSignature(listener, new OfferSignature(0, Noise(40_000)));
        pair.Pump();
        Assert.That((pair.Sender.State, pair.Listener.State, pair.Sender.Streams.SignatureBytes), Is.EqualTo((LaneState.Open, LaneState.Open, 0)));
        Assert.That(LanePair.Kinds(pair.Listener, listener), Does.Contain(StreamEventKind.End));
    }

    [Test]
    public void A_stream_that_ends_takes_its_signature_along()
    {
        using var pair = new LanePair();
        StreamCore opened = pair.Listener.Open(Lanes.Get(), 1, Offers, end: true, new OfferSignature(0, Noise(40_000)))!;
        pair.Pump();
        Assert.That(pair.Sender.Streams.SignatureBytes, Is.EqualTo(40_001));
        pair.Listener.LetGo(opened);
        pair.Pump();
        Assert.That(pair.Sender.Streams.SignatureBytes, Is.Zero);
    }

    [Test]
    public void A_lane_keeps_so_many_bytes_of_signatures_and_drops_what_is_beyond()
    {
        using var pair = new LanePair();
        int many = (Limits.MaxLaneSignatures / 60_001) + 3;
        for (ulong i = 1; i <= (ulong)many; i++)
        {
            pair.Listener.Open(Lanes.Get(), i, Offers, end: true, new OfferSignature(0, Noise(60_000)));
        }

        pair.Pump();
        Assert.That(pair.Sender.Streams.SignatureBytes, Is.InRange(Limits.MaxLaneSignatures - 60_001, Limits.MaxLaneSignatures));
        int whole = 0;
        while (pair.Sender.TryAccept(out StreamCore? stream))
        {
            Assert.That(stream!.Signature.Complete, Is.True, "nobody waits for one that was dropped");
            whole += pair.Sender.TakeSignature(stream).IsEmpty ? 0 : 1;
        }

        Assert.That((whole, pair.Sender.Streams.SignatureBytes), Is.EqualTo((many - 3, 0)));
    }

    [TestCase(0)]
    [TestCase(1)]
    public void Signatures_that_fill_a_lane_to_the_byte_are_all_kept_and_one_byte_more_is_dropped(int beyond)
    {
        using var lane = new RawLane(LinkRole.Sender);
        const int Full = Limits.MaxLaneSignatures / Limits.MaxSignature;
        for (uint id = 1; id <= Full; id++)
        {
            lane.SendRequest(id, FrameFlags.End | FrameFlags.Mark);
            SendSignature(lane, id, Limits.MaxSignature);
        }

        lane.SendRequest(Full + 1, FrameFlags.End | FrameFlags.Mark);
        if (beyond > 0)
        {
            SendSignature(lane, Full + 1, beyond);
        }

        Assert.That((lane.Engine.Streams.SignatureBytes, lane.Frames().Count), Is.EqualTo((Limits.MaxLaneSignatures, 0)));
        for (int i = 0; i < Full; i++)
        {
            Assert.That(lane.Engine.TryAccept(out StreamCore? stream), Is.True);
            Assert.That((stream!.Signature.Complete, stream.Signature.Dropped, stream.Signature.Length), Is.EqualTo((true, false, Limits.MaxSignature)));
        }

        Assert.That(lane.Engine.TryAccept(out StreamCore? last), Is.True);
        Assert.That(last!.Signature.Dropped, Is.EqualTo(beyond > 0));
    }

    [TestCase(new byte[0], TestName = "A frame without a byte")]
    [TestCase(new byte[] { 1, 2 }, TestName = "A signature that nobody asked for")]
    public void Breaks_a_stream_that_has_no_signature(byte[] payload)
    {
        using var lane = new RawLane(LinkRole.Sender);
        lane.SendRequest(1);
        lane.SendFrame(FrameType.Signature, FrameFlags.None, 1, payload);
        AssertReset(lane, ResetCode.StreamProtocol);
    }

    [Test]
    public void A_second_signature_breaks_the_stream()
    {
        using var lane = new RawLane(LinkRole.Sender);
        lane.SendRequest(1, FrameFlags.End | FrameFlags.Mark);
        lane.SendFrame(FrameType.Signature, FrameFlags.None, 1, 1, 2);
        lane.SendFrame(FrameType.Signature, FrameFlags.None, 1, 1, 2);
        AssertReset(lane, ResetCode.StreamProtocol);
    }

    [Test]
    public void A_signature_without_an_end_breaks_its_stream_and_nothing_else()
    {
        using var lane = new RawLane(LinkRole.Sender);
        lane.SendRequest(1, FrameFlags.End | FrameFlags.Mark);
        lane.SendRequest(2);
        for (int i = 0; i < Limits.MaxSignature / Limits.MaxFramePayload; i++)
        {
            lane.SendFrame(FrameType.Signature, FrameFlags.More, 1, new byte[Limits.MaxFramePayload]);
        }

        Assert.That(lane.Frames(), Is.Empty, "as long as may be");
        lane.SendFrame(FrameType.Signature, FrameFlags.More, 1, 0);
        AssertReset(lane, ResetCode.LimitExceeded);
        Assert.That((lane.Engine.State, lane.Engine.OpenStreams, lane.Engine.Streams.SignatureBytes), Is.EqualTo((LaneState.Open, 1, 0)));
    }

    [TestCase(0)]
    [TestCase(4)]
    [TestCase(255)]
    public void A_signature_of_an_offer_that_was_not_made_is_none(int number)
    {
        using var lane = new RawLane(LinkRole.Sender);
        lane.SendRequest(1, FrameFlags.End | FrameFlags.Mark);
        lane.SendFrame(FrameType.Signature, FrameFlags.None, 1, (byte)number, 2, 3);
        Assert.That(lane.Engine.TryAccept(out StreamCore? stream), Is.True);
        Assert.That(lane.Engine.TakeSignature(stream!).IsEmpty, Is.True);
    }

    [TestCase(0)]
    [TestCase(3)]
    public void A_want_for_an_offer_that_was_not_made_breaks_the_stream(int number)
    {
        using var lane = new RawLane(LinkRole.Listener);
        lane.Open(Offers);
        lane.SendFrame(FrameType.WantSignature, FrameFlags.None, 1, (byte)number);
        AssertReset(lane, ResetCode.StreamProtocol);
    }

    [Test]
    public void A_want_behind_the_answers_head_and_a_second_want_break_the_stream([Values] bool second)
    {
        using var lane = new RawLane(LinkRole.Listener);
        lane.Open(Offers);
        if (second)
        {
            lane.SendFrame(FrameType.WantSignature, FrameFlags.None, 1, 1);
        }
        else
        {
            lane.SendResponse(1);
        }

        lane.SendFrame(FrameType.WantSignature, FrameFlags.None, 1, 2);
        AssertReset(lane, ResetCode.StreamProtocol);
    }

    [Test]
    public void Both_sides_of_a_lane_have_one_seed_and_another_epoch_gives_another()
    {
        using var pair = new LanePair();
        Assert.That(pair.Listener.SignatureSeed, Is.EqualTo(pair.Sender.SignatureSeed));
        Hello restarted = new() { Role = LinkRole.Sender, Instance = Lanes.Hello(LinkRole.Sender).Instance, Epoch = 77 };
        using var later = new LanePair(sender: restarted);
        Assert.That(later.Listener.SignatureSeed, Is.EqualTo(later.Sender.SignatureSeed));
        Assert.That(later.Listener.SignatureSeed, Is.Not.EqualTo(pair.Listener.SignatureSeed));
    }

    private static void AssertReset(RawLane lane, ResetCode code)
    {
        (FrameHeader Header, byte[] Payload)[] resets = [.. lane.Frames().Where(frame => frame.Header.Type == FrameType.Reset)];
        Assert.That(resets, Has.Length.EqualTo(1));
        Assert.That(ResetFrame.TryRead(resets[0].Payload, out _, out ResetCode read, out _), Is.True);
        Assert.That((read, lane.Engine.State), Is.EqualTo((code, LaneState.Open)));
    }

    private static void SendSignature(RawLane lane, uint stream, int length)
    {
        for (; length > 0; length -= Limits.MaxFramePayload)
        {
            bool more = length > Limits.MaxFramePayload;
            lane.SendFrame(FrameType.Signature, more ? FrameFlags.More : FrameFlags.None, stream, new byte[Math.Min(length, Limits.MaxFramePayload)]);
        }
    }

    private static byte[] Noise(int length)
    {
        var bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        return bytes;
    }
}
