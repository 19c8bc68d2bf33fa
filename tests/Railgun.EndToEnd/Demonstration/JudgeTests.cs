using System.IO.Compression;
using Railgun.Try.Origins;
using Railgun.Try.Visits;

namespace Railgun.EndToEnd.Demonstration;

internal sealed class JudgeTests
{
    private static readonly Visit Page = new("/", IsFirst: true);

    [Test]
    public void The_same_bytes_are_right() => Assert.That(Judge.Compare(Page, Arrived("abc"), Sent("abc")), Is.Empty);

    [TestCase("abd", "differs from byte 2")]
    [TestCase("ab", "differs from byte 2")]
    [TestCase("abcd", "differs from byte 3")]
    public void Any_other_bytes_are_wrong(string arrived, string why) => Assert.That(Judge.Compare(Page, Arrived(arrived), Sent("abc")), Does.StartWith(why));

    [Test]
    public void Another_status_is_wrong() => Assert.That(Judge.Compare(Page, Arrived("abc", 502), Sent("abc")), Does.Contain("502").And.Contain("200"));

    [Test]
    public void An_answer_that_the_origin_did_not_give_is_wrong() => Assert.That(Judge.Compare(Page, Arrived("abc"), null), Does.Contain("not asked"));

    [Test]
    public void An_event_stream_is_compared_as_far_as_it_was_read()
    {
        Visit events = Page with { Events = 1 };
        Assert.That(Judge.Compare(events, Arrived("ab"), Sent("abc")), Is.Empty);
        Assert.That(Judge.Compare(events, Arrived("abx"), Sent("abc")), Is.Not.Empty);
        Assert.That(Judge.Compare(events, Arrived("abcd"), Sent("abc")), Is.Not.Empty);
    }

    [Test]
    public void What_the_origin_compressed_is_compared_decompressed()
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write("abc"u8);
        }

        var delivery = new Delivery { Status = 200, Encoding = "gzip" };
        delivery.Add(packed.ToArray());
        Assert.That(Judge.Compare(Page, Arrived("abc"), delivery), Is.Empty);
    }

    private static Arrival Arrived(string body, int status = 200) => new(status, System.Text.Encoding.UTF8.GetBytes(body), TimeSpan.Zero, TimeSpan.Zero);

    private static Delivery Sent(string body)
    {
        var delivery = new Delivery { Status = 200 };
        delivery.Add(System.Text.Encoding.UTF8.GetBytes(body));
        return delivery;
    }
}
