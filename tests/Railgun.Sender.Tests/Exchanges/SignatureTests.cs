using Microsoft.Extensions.Time.Testing;
using Railgun.Protocol.Deltas.Signatures;
using Railgun.Protocol.Engine;
using Railgun.Protocol.Heads;
using Railgun.Protocol.Versions;
using Railgun.Sender.Coding;
using Railgun.TestKit;

namespace Railgun.Sender.Tests.Exchanges;

/// <summary>Answers against versions that only the listener holds (design: decision 6).</summary>
internal sealed class SignatureTests
{
    private readonly byte[] _first;
    private readonly byte[] _second;

    public SignatureTests()
    {
        PageMaker pages = new(1);
        _first = pages.First(60);
        _second = pages.Next(3);
    }

    [Test]
    public async Task Deltas_against_a_signature_are_not_dense_where_the_operator_says_never()
    {
        using SenderBench bench = new(coding: new CodingOptions { Dense = DenseUse.Never });
        FakeExchange exchange = await ViewAsync(bench, SenderBench.Get("/"), announces: true);
        Assert.That(exchange.ResponseHead.Coding.Codec, Is.EqualTo(Codec.SignatureDelta));
        Assert.That(Receiver.Read(exchange, _first), Is.EqualTo(_second));
    }

    [Test]
    public async Task A_page_is_coded_against_the_signature_that_came_with_the_request()
    {
        using SenderBench bench = new();
        FakeExchange exchange = await ViewAsync(bench, SenderBench.Get("/"), announces: true);
        Assert.That(exchange.ResponseHead.Coding, Is.EqualTo(new BodyCoding(Codec.DenseSignatureDelta, Base: 0, Kept: true)));
        Assert.That(Receiver.Read(exchange, _first), Is.EqualTo(_second));
        Assert.That(exchange.LinkBytes.Down, Is.LessThan(_second.Length / 8));
        Assert.That(exchange.WantedSignature, Is.EqualTo(-1));
        Assert.That((bench.LastLine().GetProperty("base").GetString(), bench.LastLine().GetProperty("codec").GetString(), bench.NoBaseOfLast()),
            Is.EqualTo((VersionName.Of(_first).ToString(), "dense-signature", (string?)null)));
    }

    [Test]
    public async Task Afterwards_the_new_version_is_an_ordinary_base()
    {
        using SenderBench bench = new();
        await ViewAsync(bench, SenderBench.Get("/"), announces: true);
        FakeExchange next = await bench.ViewAsync(SenderBench.Get("/"), _first, [VersionName.Of(_second)]);
        Assert.That(next.ResponseHead.Coding.Codec, Is.EqualTo(Codec.Delta));
        Assert.That(next.WantedSignature, Is.EqualTo(-1));
    }

    [Test]
    public async Task For_a_version_that_is_gone_the_signature_is_asked_for_and_used_if_it_comes_before_the_body()
    {
        using SenderBench bench = new();
        FakeExchange exchange = await ViewAsync(bench, SenderBench.Get("/"), announces: false);
        Assert.That(exchange.WantedSignature, Is.Zero);
        Assert.That(exchange.ResponseHead.Coding.Codec, Is.EqualTo(Codec.DenseSignatureDelta));
    }

    [Test]
    public async Task One_that_was_asked_for_and_has_not_come_is_not_waited_for()
    {
        using SenderBench bench = new();
        FakeExchange exchange = await bench.ViewAsync(SenderBench.Get("/"), _second, [VersionName.Of(_first)]);
        Assert.That((exchange.WantedSignature, exchange.ResponseHead.Coding.Codec, bench.NoBaseOfLast()), Is.EqualTo((0, Codec.Zstd, "not-held")));
    }

    [Test]
    public async Task An_announced_one_is_waited_for()
    {
        using SenderBench bench = new();
        FakeExchange exchange = Signed(SenderBench.Get("/"), announces: true);
        bench.Origin.Next().Head(200, ("Content-Type", "text/html")).Data(_second).End();
        Task handled = bench.Handler.HandleAsync(exchange);
        Assert.That(await Task.WhenAny(handled, Task.Delay(100)), Is.Not.EqualTo(handled));
        exchange.SignatureCame.SetResult();
        await handled;
        Assert.That(exchange.ResponseHead.Coding.Codec, Is.EqualTo(Codec.DenseSignatureDelta));
    }

    [Test]
    public async Task An_announced_one_that_never_comes_holds_up_its_own_answer_for_a_while_only()
    {
        FakeTimeProvider time = new();
        using SenderBench bench = new(time: time);
        FakeExchange exchange = new(SenderBench.Get("/"), VersionName.Of(_first)) { Announces = true };
        bench.Origin.Next().Head(200, ("Content-Type", "text/html")).Data(_second).End();
        Task handled = bench.Handler.HandleAsync(exchange);
        for (int i = 0; i < 400 && !handled.IsCompleted; i++)
        {
            time.Advance(SignatureReading.Patience / 10);
            await Task.WhenAny(handled, Task.Delay(5));
        }

        await handled;
        Assert.That(exchange.ResponseHead.Coding.Codec, Is.EqualTo(Codec.Zstd));
    }

    [TestCase("")]
    [TestCase("00")]
    [TestCase("AC02840214803DDF9A")]
    public async Task One_that_makes_no_sense_is_as_none(string hex)
    {
        using SenderBench bench = new();
        FakeExchange exchange = Signed(SenderBench.Get("/"), announces: false);
        exchange.Signature = new OfferSignature(0, Convert.FromHexString(hex));
        bench.Origin.Next().Head(200, ("Content-Type", "text/html")).Data(_second).End();
        await bench.HandleAsync(exchange);
        Assert.That((exchange.ResponseHead.Coding.Codec, bench.NoBaseOfLast()), Is.EqualTo((Codec.Zstd, "not-held")));
    }

    [Test]
    public async Task A_page_that_has_nothing_of_the_version_goes_without()
    {
        using SenderBench bench = new();
        FakeExchange exchange = Signed(SenderBench.Get("/"), announces: false);
        byte[] other = new PageMaker(99).First(60);
        exchange.Signature = new OfferSignature(0, SignatureWriter.Write(new byte[50_000], exchange.SignatureSeed));
        bench.Origin.Next().Head(200, ("Content-Type", "text/html")).Data(other).End();
        await bench.HandleAsync(exchange);
        Assert.That(Receiver.Read(exchange, new byte[50_000]), Is.EqualTo(other));
    }

    [Test]
    public async Task A_version_that_is_here_but_another_users_is_not_asked_for_and_its_signature_not_used()
    {
        using SenderBench bench = new();
        await bench.ViewAsync(SenderBench.Get("/", ("Cookie", "session=ann")), _first, []);
        FakeExchange exchange = await ViewAsync(bench, SenderBench.Get("/", ("Cookie", "session=bob")), announces: false);
        Assert.That((exchange.WantedSignature, exchange.ResponseHead.Coding.Base), Is.EqualTo((-1, -1)));
        exchange = await ViewAsync(bench, SenderBench.Get("/", ("Cookie", "session=bob")), announces: true);
        Assert.That(exchange.ResponseHead.Coding.Base, Is.EqualTo(-1));
    }

    [Test]
    public async Task For_a_request_from_another_site_with_credentials_no_signature_is_used([Values] bool announces)
    {
        using SenderBench bench = new();
        FakeExchange exchange = await ViewAsync(bench, SenderBench.Get("/", ("Cookie", "session=ann"), ("Sec-Fetch-Site", "cross-site")), announces);
        Assert.That((exchange.WantedSignature, exchange.ResponseHead.Coding.Base), Is.EqualTo((-1, -1)));
    }

    [Test]
    public async Task A_listener_that_does_not_understand_it_is_not_asked()
    {
        using SenderBench bench = new();
        FakeExchange exchange = new(SenderBench.Get("/"), VersionName.Of(_first)) { Understands = 0b11111 };
        bench.Origin.Next().Head(200, ("Content-Type", "text/html")).Data(_second).End();
        await bench.HandleAsync(exchange);
        Assert.That((exchange.WantedSignature, exchange.ResponseHead.Coding.Codec), Is.EqualTo((-1, Codec.Zstd)));
    }

    [Test]
    public async Task The_pages_own_version_by_its_signature_beats_a_poor_sibling_that_is_here()
    {
        using SenderBench bench = new();
        byte[] sibling = new PageMaker(50).First(60);
        await bench.ViewAsync(SenderBench.Get("/sibling"), sibling, []);
        FakeExchange exchange = Signed(SenderBench.Get("/"), announces: true, VersionName.Of(_first), VersionName.Of(sibling));
        exchange.SignatureCame.SetResult();
        bench.Origin.Next().Head(200, ("Content-Type", "text/html")).Data(_second).End();
        await bench.HandleAsync(exchange);
        Assert.That(exchange.ResponseHead.Coding.Codec, Is.EqualTo(Codec.DenseSignatureDelta));
        Assert.That(Receiver.Read(exchange, _first, sibling), Is.EqualTo(_second));
    }

    private async Task<FakeExchange> ViewAsync(SenderBench bench, RequestHead head, bool announces)
    {
        FakeExchange exchange = Signed(head, announces);
        exchange.SignatureCame.SetResult();
        bench.Origin.Next().Head(200, ("Content-Type", "text/html")).Data(_second).End();
        return await bench.HandleAsync(exchange);
    }

    private FakeExchange Signed(RequestHead head, bool announces, params VersionName[] offers)
    {
        FakeExchange exchange = new(head, offers.Length > 0 ? offers : [VersionName.Of(_first)]) { Announces = announces };
        exchange.Signature = new OfferSignature(0, SignatureWriter.Write(_first, exchange.SignatureSeed));
        return exchange;
    }
}
