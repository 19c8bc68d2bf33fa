using System.Buffers;
using Railgun.Listener.Tests.Support;
using Railgun.Protocol.Deltas;
using Railgun.Protocol.Deltas.Signatures;
using Railgun.Protocol.Engine;
using Railgun.Protocol.Versions;
using Railgun.TestKit;

namespace Railgun.Listener.Tests.Rebuilding;

/// <summary>Signatures of what the sender may not hold, and bodies coded against them (design: decision 6).</summary>
internal sealed class SignatureTests
{
    private static readonly (string, string)[] Html = [("Content-Type", "text/html")];

    private readonly byte[] _first;
    private readonly byte[] _second;

    public SignatureTests()
    {
        PageMaker pages = new(20);
        _first = pages.First(200);
        _second = pages.Next(8);
    }

    [Test]
    public async Task Only_a_version_that_the_sender_is_not_known_to_hold_is_signed()
    {
        await using EdgeListener listener = await EdgeListener.StartAsync();
        await ServeAsync(listener, _first);
        FakeExchange exchange = await AskAsync(listener);
        Assert.That(exchange.SentSignature.IsEmpty, Is.True, "it has just come from there");
        exchange.Answer(204, "");

        listener.Senders.Epoch = 2;
        exchange = await AskAsync(listener);
        Assert.That(exchange.SentSignature.Offer, Is.Zero);
        Assert.That(BlockSignature.Read(exchange.SentSignature.Bytes.Span)?.Shape, Is.EqualTo(SignatureShape.Of(_first.Length)));
        exchange.Answer(204, "");

        exchange = await AskAsync(listener);
        Assert.That(exchange.SentSignature.IsEmpty, Is.False, "no answer has named it yet");
        exchange.SendHead(200, new BodyCoding(Codec.DenseDelta, Base: 0, Kept: true), Html);
        exchange.SendSegment(Coded.Delta(_first, _first), _first.Length, Coded.Check(_first));
        exchange.SendEnd();
        await Patience.UntilAsync(() => exchange.IsOver, "the exchange is over");
        exchange = await AskAsync(listener);
        Assert.That(exchange.SentSignature.IsEmpty, Is.True, "the sender has named it as a base");
        exchange.Answer(204, "");
    }

    [Test]
    public async Task A_body_coded_against_the_signature_comes_out_whole_and_is_known_on_both_sides(
        [Values(Codec.SignatureDelta, Codec.DenseSignatureDelta)] Codec codec, [Values(1_000_000, 9000)] int piece, [Values(1_000_000, 700)] int frame)
    {
        await using EdgeListener listener = await EdgeListener.StartAsync();
        await ServeAsync(listener, _first);
        listener.Senders.Epoch = 2;
        (Task<byte[]> asked, FakeExchange exchange) = await BeginAsync(listener);
        Answer(exchange, codec, piece, frame);
        Assert.That(await asked, Is.EqualTo(_second));
        await Patience.UntilAsync(() => exchange.StoredVersions.Count == 1, "the second version is stored");
        Assert.That((await listener.AccessAsync(2))[1].GetProperty("base").GetString(), Is.EqualTo(VersionName.Of(_first).ToString()));

        exchange = await AskAsync(listener);
        Assert.That((exchange.Offers[0], exchange.SentSignature.IsEmpty), Is.EqualTo((VersionName.Of(_second), true)));
        exchange.Answer(204, "");
        await EdgeListener.NothingIsHeldAsync();
        await Patience.UntilAsync(() => listener.Store.Snapshot().PinnedBytes == 0, "nothing is pinned");
    }

    [Test]
    public async Task A_signature_is_given_when_it_is_asked_for()
    {
        await using EdgeListener listener = await EdgeListener.StartAsync();
        await ServeAsync(listener, _first);
        (Task<byte[]> asked, FakeExchange exchange) = await BeginAsync(listener);
        exchange.SendWantSignature(0);
        await exchange.Signed.WaitAsync(Patience.Limit);
        Answer(exchange, Codec.DenseSignatureDelta, 1_000_000, 1_000_000);
        Assert.That(await asked, Is.EqualTo(_second));
    }

    [Test]
    public async Task A_signature_is_made_once_for_a_seed_and_counted_in_the_store()
    {
        await using EdgeListener listener = await EdgeListener.StartAsync();
        await ServeAsync(listener, _first);
        Assert.That(listener.Store.Snapshot().IndexBytes, Is.Zero);
        listener.Senders.Epoch = 2;
        FakeExchange one = await AskAsync(listener);
        FakeExchange other = await AskAsync(listener);
        Assert.That(one.SentSignature, Is.EqualTo(other.SentSignature), "the very same bytes");
        Assert.That(listener.Store.Snapshot().IndexBytes, Is.EqualTo(one.SentSignature.Bytes.Length));
        one.Answer(204, "");
        other.Answer(204, "");
    }

    [Test]
    public async Task A_short_version_is_not_signed()
    {
        await using EdgeListener listener = await EdgeListener.StartAsync();
        await ServeAsync(listener, _first[..(SignatureShape.MinLength - 1)]);
        listener.Senders.Epoch = 2;
        FakeExchange exchange = await AskAsync(listener);
        Assert.That((exchange.Offers.Count, exchange.SentSignature.IsEmpty), Is.EqualTo((1, true)));
        exchange.Answer(204, "");
    }

    [Test]
    public async Task A_body_against_a_signature_that_was_not_sent_or_that_does_not_decode_is_asked_for_in_full([Values] bool signed)
    {
        await using EdgeListener listener = await EdgeListener.StartAsync();
        await ServeAsync(listener, _first);
        listener.Senders.Epoch = signed ? 2ul : 1ul;
        (Task<byte[]> asked, FakeExchange exchange) = await BeginAsync(listener);
        exchange.SendHead(200, new BodyCoding(Codec.DenseSignatureDelta, Base: 0), Html);
        exchange.SendSegment([0xFF, 0xFE, 1, 2, 3], 1000, 42);
        Assert.That(await exchange.Wanted.WaitAsync(Patience.Limit), Is.Zero);
        exchange.SendRest();
        exchange.SendData("in full");
        exchange.SendEnd();
        Assert.That(await asked, Is.EqualTo("in full"u8.ToArray()));
        await EdgeListener.NothingIsHeldAsync();
    }

    private void Answer(FakeExchange exchange, Codec codec, int piece, int frame)
    {
        exchange.SendHead(200, new BodyCoding(codec, Base: 0, Kept: true), Html);
        using var encoder = new SignatureEncoder();
        encoder.Start(BlockSignature.Read(exchange.SentSignature.Bytes.Span)!, exchange.SignatureSeed, codec.IsDense() ? DeltaLevel.Dense : DeltaLevel.Fast);
        for (int at = 0; at < _second.Length; at += piece)
        {
            int length = Math.Min(piece, _second.Length - at);
            var coded = new ArrayBufferWriter<byte>();
            encoder.EncodeSegment(_second.AsSpan(at, length), at + length == _second.Length, coded);
            int sent = 0;
            for (; coded.WrittenCount - sent > frame; sent += frame)
            {
                exchange.SendData(coded.WrittenSpan.Slice(sent, frame));
            }

            exchange.SendSegment(coded.WrittenSpan[sent..], length, Coded.Check(_second[..(at + length)]));
        }

        exchange.SendEnd();
    }

    private static async Task<(Task<byte[]> Asked, FakeExchange Exchange)> BeginAsync(EdgeListener listener)
    {
        Task<byte[]> asked = listener.Client.GetByteArrayAsync(new Uri("/page", UriKind.Relative));
        return (asked, await listener.Senders.NextAsync());
    }

    private static async Task<FakeExchange> AskAsync(EdgeListener listener)
    {
        (Task<byte[]> asked, FakeExchange exchange) = await BeginAsync(listener);
        _ = asked.ContinueWith(static done => _ = done.Exception, TaskScheduler.Default);
        return exchange;
    }

    private static async Task ServeAsync(EdgeListener listener, byte[] body)
    {
        FakeExchange exchange = await AskAsync(listener);
        exchange.SendHead(200, new BodyCoding(Codec.Identity, Kept: true), Html);
        exchange.SendData(body);
        exchange.SendEnd();
        await Patience.UntilAsync(() => exchange.StoredVersions.Count == 1, "it is stored");
    }
}
