using Railgun.Protocol.Heads;
using Railgun.Sender.Coding;
using Railgun.Sender.Tests.Exchanges;

namespace Railgun.Sender.Tests.Coding;

internal sealed class QuestionToOriginTests
{
    [TestCase("", "", "identity")]
    [TestCase("If-None-Match", "W/\"a\"", "identity")]
    [TestCase("If-Match", "\"a\"", "identity")]
    [TestCase("Cache-Control", "no-cache", "identity")]
    [TestCase("Range", "bytes=0-1", "gzip, br")]
    [TestCase("If-Range", "\"a\"", "gzip, br")]
    [TestCase("Cache-Control", "max-age=0, no-transform", "gzip, br")]
    public void Identity_is_asked_for_where_the_coding_may_be_chosen_here(string name, string value, string expected)
    {
        RequestHead head = SenderBench.Get("/", ("X-A", "1"), ("accept-encoding", "gzip, br"), ("X-B", "2"));
        if (name.Length > 0)
        {
            head.Fields.Add(name, value);
        }

        RequestHead asked = QuestionToOrigin.Of(head);
        Assert.That(asked.Fields.Where(f => f.Name.Equals("Accept-Encoding", StringComparison.OrdinalIgnoreCase)).Select(f => f.Value), Is.EqualTo(new[] { expected }));
        Assert.That(asked.Fields.First("X-A") + asked.Fields.First("X-B"), Is.EqualTo("12"));
        Assert.That((asked.Method, asked.Target, asked.Authority), Is.EqualTo((head.Method, head.Target, head.Authority)));
        Assert.That(head.Fields.First("Accept-Encoding"), Is.EqualTo("gzip, br"), "The client's own head stays as it was.");
    }

    [Test]
    public void An_upgrade_is_asked_for_as_it_is()
    {
        RequestHead head = new() { Method = "GET", Scheme = "http", Authority = "a", Target = "/", Protocol = "websocket" };
        Assert.That(QuestionToOrigin.Of(head), Is.SameAs(head));
    }
}
