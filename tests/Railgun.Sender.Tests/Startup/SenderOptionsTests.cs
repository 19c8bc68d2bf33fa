using Railgun.Hosting.Configuration;
using Railgun.Sender.Origin;
using Railgun.Sender.Startup;

namespace Railgun.Sender.Tests.Startup;

internal sealed class SenderOptionsTests
{
    [Test]
    public void The_defaults_lack_only_the_origin_and_a_listener() =>
        Assert.That(PathsOf(new SenderOptions()), Is.EqualTo(new[] { "origin.url", "link.dial" }));

    [TestCase("http://127.0.0.1:8080", true)]
    [TestCase("https://origin.example", true)]
    [TestCase("http://[::1]:81/", true)]
    [TestCase("http://origin.example/app", false)]
    [TestCase("http://origin.example/?q", false)]
    [TestCase("http://user@origin.example", false)]
    [TestCase("ftp://origin.example", false)]
    [TestCase("origin.example:8080", false)]
    [TestCase("127.0.0.1:8080", false)]
    public void An_origin_is_a_place_and_nothing_else(string url, bool valid)
    {
        SenderOptions options = Valid();
        options.Origin.Url = url;
        Assert.That(PathsOf(options), valid ? Is.Empty : Is.EqualTo(new[] { "origin.url" }));
    }

    [Test]
    public void Every_mistake_is_named_with_its_path()
    {
        SenderOptions options = Valid();
        options.Origin.Url = "https://origin.example";
        options.Origin.Protocol = OriginProtocol.H2c;
        options.Origin.TlsTrustFile = "/nowhere/at/all.pem";
        options.Origin.ConnectTimeout = TimeSpan.Zero;
        options.Origin.HeadTimeout = TimeSpan.FromDays(1);
        options.Coding.ZstdLevel = 0;
        options.Limits.Exchanges = 0;
        Assert.That(PathsOf(options), Is.EqualTo(new[]
        {
            "origin.protocol", "origin.tlsTrustFile", "origin.connectTimeout", "origin.headTimeout", "coding.zstdLevel", "limits.exchanges",
        }));
    }

    [Test]
    public void Addresses_are_written_as_they_are_read()
    {
        Assert.That(OriginAddress.TryParse("http://[::1]:81", out OriginAddress? address));
        Assert.That(address!.Authority, Is.EqualTo("[::1]:81"));
        Assert.That(OriginAddress.TryParse("https://origin.example", out address));
        Assert.That((address!.Authority, address.Tls), Is.EqualTo(("origin.example:443", true)));
    }

    private static SenderOptions Valid()
    {
        SenderOptions options = new();
        options.Origin.Url = "http://127.0.0.1:8080";
        options.Link.Dial.Add(new HostPort("edge.example", 2408));
        return options;
    }

    private static string[] PathsOf(SenderOptions options)
    {
        Mistakes mistakes = new();
        options.Validate(mistakes);
        return [.. mistakes.All.Select(m => m.Path)];
    }
}
