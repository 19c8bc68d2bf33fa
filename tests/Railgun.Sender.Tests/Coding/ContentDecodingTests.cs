using Railgun.Protocol.Heads;
using Railgun.Sender.Coding;
using Railgun.Sender.Tests.Exchanges;

namespace Railgun.Sender.Tests.Coding;

internal sealed class ContentDecodingTests
{
    [TestCase("gzip", ContentCoding.Gzip)]
    [TestCase("GZip", ContentCoding.Gzip)]
    [TestCase("x-gzip", ContentCoding.Gzip)]
    [TestCase(" br ", ContentCoding.Brotli)]
    [TestCase("deflate", ContentCoding.Deflate)]
    [TestCase("zstd", ContentCoding.None)]
    [TestCase("gzip, gzip", ContentCoding.None)]
    [TestCase("identity", ContentCoding.None)]
    [TestCase("", ContentCoding.None)]
    public void Only_a_single_well_known_coding_is_undone(string value, ContentCoding expected) =>
        Assert.That(ContentDecoding.Choose(SenderBench.Get("/"), Head(200, ("Content-Encoding", value))), Is.EqualTo(expected));

    [Test]
    public void Two_field_lines_are_left_alone() => Assert.That(
        ContentDecoding.Choose(SenderBench.Get("/"), Head(200, ("Content-Encoding", "gzip"), ("Content-Encoding", "br"))), Is.EqualTo(ContentCoding.None));

    [TestCase("Range", "bytes=0-1")]
    [TestCase("If-Range", "\"a\"")]
    [TestCase("Cache-Control", "no-transform")]
    public void What_the_client_chose_itself_is_left_alone(string name, string value) => Assert.That(
        ContentDecoding.Choose(SenderBench.Get("/", (name, value)), Head(200, ("Content-Encoding", "gzip"))), Is.EqualTo(ContentCoding.None));

    [TestCase("Cache-Control", "public, no-transform")]
    [TestCase("Content-Digest", "sha-256=:abc:")]
    [TestCase("Repr-Digest", "sha-256=:abc:")]
    [TestCase("Digest", "sha-256=abc")]
    [TestCase("Content-MD5", "abc")]
    public void What_the_origin_forbids_or_sealed_is_left_alone(string name, string value) => Assert.That(
        ContentDecoding.Choose(SenderBench.Get("/"), Head(200, ("Content-Encoding", "gzip"), (name, value))), Is.EqualTo(ContentCoding.None));

    [Test]
    public void A_part_is_left_alone() =>
        Assert.That(ContentDecoding.Choose(SenderBench.Get("/"), Head(206, ("Content-Encoding", "gzip"))), Is.EqualTo(ContentCoding.None));

    [Test]
    public void The_head_says_what_the_decoded_body_is()
    {
        ResponseHead head = ContentDecoding.Rewrite(Head(
            200, ("Content-Type", "a/b"), ("content-encoding", "gzip"), ("content-length", "5"), ("Accept-Ranges", "bytes"), ("etag", "\"x\""), ("Vary", "Accept-Encoding")));
        Assert.That(head.Fields.Select(f => $"{f.Name}: {f.Value}"), Is.EqualTo(new[] { "Content-Type: a/b", "etag: W/\"x-railgun\"", "Vary: Accept-Encoding" }));
        Assert.That(ContentDecoding.Rewrite(Head(200, ("ETag", "W/\"x\""))).Fields.First("ETag"), Is.EqualTo("W/\"x\""));
    }

    [TestCase(1, 8 * 1024 * 1024, true)]
    [TestCase(1, (8 * 1024 * 1024) + 1, false)]
    [TestCase(100_000, 25_000_000, true)]
    [TestCase(100_000, 25_000_001, false)]
    [TestCase(1L << 30, 4L << 30, true)]
    [TestCase(1L << 30, (4L << 30) + 1, false)]
    public void A_body_may_grow_so_far(long coded, long decoded, bool allowed) => Assert.That(DecodingLimits.Allow(coded, decoded), Is.EqualTo(allowed));

    private static ResponseHead Head(int status, params (string Name, string Value)[] fields)
    {
        FieldList list = new();
        foreach ((string name, string value) in fields)
        {
            list.Add(name, value);
        }

        return new ResponseHead { Status = status, Fields = list };
    }
}
