using Railgun.Protocol.Engine;
using Railgun.Protocol.Versions;
using Railgun.Sender.Coding;
using Railgun.TestKit;

namespace Railgun.Sender.Tests.Exchanges;

/// <summary>The codec is the one that is faster end to end at the rate that the lane has measured (design: decision 12).</summary>
internal sealed class LineRateTests
{
    private const long Slow = 200_000;
    private const long Usual = 2_000_000;
    private const long Fast = 100_000_000;

    private readonly PageMaker _pages = new(3);

    [TestCase(null, Codec.Zstd)]
    [TestCase(Slow, Codec.Zstd)]
    [TestCase(Usual, Codec.Zstd)]
    [TestCase(Fast, Codec.Lz4)]
    public async Task A_first_body_is_compressed_by_lz4_where_the_line_is_fast(long? rate, object codec)
    {
        using SenderBench bench = new();
        byte[] page = _pages.First(300);
        FakeExchange exchange = new(SenderBench.Get("/")) { Rate = rate };
        bench.Origin.Next().Head(200, ("Content-Type", "text/html")).Data(page).End();
        await bench.HandleAsync(exchange);
        Assert.That(exchange.ResponseHead.Coding.Codec, Is.EqualTo(codec));
        Assert.That(Receiver.Read(exchange), Is.EqualTo(page));
    }

    [TestCase(0b00100u, Codec.Zstd)]
    [TestCase(0b00010u, Codec.Lz4)]
    [TestCase(0b00000u, Codec.Identity)]
    public async Task A_listener_that_understands_one_of_them_gets_that_at_any_rate(uint understands, object codec)
    {
        foreach (long? rate in new long?[] { null, Slow, Fast })
        {
            using SenderBench bench = new();
            FakeExchange exchange = new(SenderBench.Get("/")) { Rate = rate, Understands = understands };
            bench.Origin.Next().Head(200, ("Content-Type", "text/html")).Data(_pages.First(100)).End();
            await bench.HandleAsync(exchange);
            Assert.That(exchange.ResponseHead.Coding.Codec, Is.EqualTo(codec), $"{rate}");
        }
    }

    [TestCase(Slow, DenseUse.Auto, Codec.DenseDelta)]
    [TestCase(Fast, DenseUse.Auto, Codec.Delta)]
    [TestCase(Fast, DenseUse.Always, Codec.DenseDelta)]
    [TestCase(Slow, DenseUse.Never, Codec.Delta)]
    public async Task A_long_delta_is_dense_where_the_line_is_slow_unless_the_operator_says_otherwise(long rate, object use, object codec)
    {
        using SenderBench bench = new(coding: new CodingOptions { Dense = (DenseUse)use });
        byte[] first = _pages.First(1500);
        byte[] second = _pages.Next(400);
        await bench.ViewAsync(SenderBench.Get("/"), first, []);
        FakeExchange exchange = new(SenderBench.Get("/"), VersionName.Of(first)) { Rate = rate };
        bench.Origin.Next().Head(200, ("Content-Type", "text/html")).Data(second).End();
        await bench.HandleAsync(exchange);
        Assert.That(exchange.ResponseHead.Coding.Codec, Is.EqualTo(codec));
        Assert.That(Receiver.Read(exchange, first), Is.EqualTo(second));
    }

    [TestCase(20, DenseUse.Auto, Codec.DenseDelta)]
    [TestCase(200, DenseUse.Auto, Codec.Delta)]
    [TestCase(20, DenseUse.Never, Codec.Delta)]
    public async Task A_short_delta_is_dense_on_any_line_for_it_costs_no_time(int changes, object use, object codec)
    {
        using SenderBench bench = new(coding: new CodingOptions { Dense = (DenseUse)use });
        byte[] first = _pages.First(300);
        byte[] second = _pages.Next(changes);
        await bench.ViewAsync(SenderBench.Get("/"), first, []);
        FakeExchange exchange = new(SenderBench.Get("/"), VersionName.Of(first)) { Rate = Fast };
        bench.Origin.Next().Head(200, ("Content-Type", "text/html")).Data(second).End();
        await bench.HandleAsync(exchange);
        Assert.That(exchange.ResponseHead.Coding.Codec, Is.EqualTo(codec));
        Assert.That(Receiver.Read(exchange, first), Is.EqualTo(second));
    }
}
