using System.Text;
using Railgun.Hosting.Logging;
using Railgun.Protocol.Engine;
using Railgun.Protocol.Versions;
using Railgun.Try.Visits;

namespace Railgun.EndToEnd.Demonstration;

/// <summary>The demonstration reads the lines that the programs write.</summary>
internal sealed class LinkUseTests
{
    [Test]
    public void A_line_with_a_base_is_read()
    {
        var use = LinkUse.Parse(Line(new AccessRecord
        {
            Id = 7,
            Peer = "origin",
            Method = "GET",
            Authority = "shop.example",
            Target = "/page?x=%20",
            Status = 200,
            BodyBytes = 1000,
            LinkUp = 30,
            LinkDown = 90,
            Codec = Codec.Delta,
            Base = VersionName.Of("abc"u8),
            LastByte = TimeSpan.FromMilliseconds(3),
        }))!;
        Assert.That((use.Id, use.Target, use.Status, use.Up, use.Down, use.Codec), Is.EqualTo((7UL, "/page?x=%20", 200, 30L, 90L, "delta")));
        Assert.That(use.HasBase);
        Assert.That(use.Base, Is.EqualTo(VersionName.Of("abc"u8).ToString()));
    }

    [Test]
    public void A_line_without_a_base_says_why_and_a_fault_says_where()
    {
        var use = LinkUse.Parse(Line(new AccessRecord
        {
            Id = 8,
            Peer = null,
            Method = "GET",
            Authority = "shop.example",
            Target = "/",
            Status = 503,
            BodyBytes = 0,
            NoBase = "no-version",
            LastByte = TimeSpan.Zero,
            Fault = new Fault(Stage.Link, ResetCode.TimedOut, "no lane"),
        }))!;
        Assert.That(use.HasBase, Is.False);
        Assert.That((use.NoBase, use.Stage, use.Reason), Is.EqualTo(("no-version", "link", "no lane")));
    }

    [TestCase("")]
    [TestCase("railgun-listener 0.1.0")]
    [TestCase("{\"level\":\"information\",\"message\":\"up\"}")]
    [TestCase("{\"target\":")]
    public void Other_lines_are_passed_over(string line) => Assert.That(LinkUse.Parse(line), Is.Null);

    private static string Line(in AccessRecord record)
    {
        LineBuffer line = LineBuffer.Rent();
        AccessLineJson.Write(line, DateTimeOffset.UnixEpoch, record);
        string text = Encoding.UTF8.GetString(line.Written);
        line.Return();
        return text;
    }
}
