using Railgun.Protocol.Heads;
using Railgun.Sender.Coding;
using Railgun.Sender.Origin;
using Railgun.Sender.Tests.Exchanges;
using Railgun.Sender.Tests.Origin;
using Railgun.TestKit;

namespace Railgun.Sender.Tests.Coding;

internal sealed class DecodedExchangeTests
{
    private static readonly byte[] Page = new PageMaker(5).First(100);

    [TestCase("gzip", ContentCoding.Gzip)]
    [TestCase("br", ContentCoding.Brotli)]
    [TestCase("deflate", ContentCoding.Deflate)]
    [TestCase("bare", ContentCoding.Deflate)]
    public async Task A_body_is_decoded_however_it_is_cut_and_the_trailers_pass(string packing, ContentCoding coding)
    {
        byte[] packed = Packed.As(packing, Page);
        foreach (int size in new[] { 1, 7, 1000, packed.Length })
        {
            FieldList trailers = new();
            trailers.Add("X-Sum", "1");
            FakeAnswer answer = new();
            for (int i = 0; i < packed.Length; i += size)
            {
                answer.Data(packed.AsSpan(i, Math.Min(size, packed.Length - i)));
            }

            answer.End(trailers);
            await using DecodedExchange decoded = new(answer, coding);
            Answer read = await Answer.ReadAsync(decoded);
            Assert.That(read.Failure, Is.Null);
            Assert.That(read.Body, Is.EqualTo(Page));
            Assert.That(read.Trailers!.First("X-Sum"), Is.EqualTo("1"));
        }
    }

    [TestCase(ContentCoding.Gzip)]
    [TestCase(ContentCoding.Brotli)]
    [TestCase(ContentCoding.Deflate)]
    public async Task An_empty_body_stays_empty(ContentCoding coding)
    {
        await using DecodedExchange decoded = new(new FakeAnswer().End(), coding);
        Answer read = await Answer.ReadAsync(decoded);
        Assert.That(read.Body, Is.Empty);
    }

    [TestCase("gzip", ContentCoding.Gzip)]
    [TestCase("br", ContentCoding.Brotli)]
    public async Task A_body_that_ends_too_early_is_broken(string packing, ContentCoding coding)
    {
        byte[] packed = Packed.As(packing, Page);
        await using DecodedExchange decoded = new(new FakeAnswer().Data(packed.AsSpan(0, packed.Length / 2)).End(), coding);
        Answer read = await Answer.ReadAsync(decoded);
        Assert.That(read.Failure?.Kind, Is.EqualTo(OriginFailureKind.BodyBroken));
    }

    [Test]
    public async Task The_origins_own_failure_stays_what_it_was()
    {
        byte[] packed = Packed.As("gzip", Page);
        await using DecodedExchange decoded = new(
            new FakeAnswer().Data(packed.AsSpan(0, packed.Length / 2)).Fail(OriginFailureKind.BodyTimedOut), ContentCoding.Gzip);
        Answer read = await Answer.ReadAsync(decoded);
        Assert.That(read.Failure?.Kind, Is.EqualTo(OriginFailureKind.BodyTimedOut));
    }
}
