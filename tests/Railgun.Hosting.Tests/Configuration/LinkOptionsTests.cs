using Railgun.Hosting.Configuration;
using Railgun.Hosting.Options;

namespace Railgun.Hosting.Tests.Configuration;

internal sealed class LinkOptionsTests
{
    [Test]
    public void The_defaults_are_fine() => Assert.That(MistakesOf(new LinkOptions()), Is.Empty);

    [Test]
    public void Every_bound_is_held()
    {
        var options = new LinkOptions
        {
            Lanes = 0,
            DialTimeout = TimeSpan.FromMinutes(2),
            WaitForLane = TimeSpan.FromSeconds(31),
            MaxWaiting = 65537,
            DrainTimeout = TimeSpan.FromHours(2),
            Listen = [.. Enumerable.Range(1, 17).Select(port => new ListenAddress(System.Net.IPAddress.Loopback, port))],
            Dial = [.. Enumerable.Range(1, 65).Select(port => new HostPort("edge.example", port))],
        };
        Assert.That(MistakesOf(options), Is.EquivalentTo(new[]
        {
            "link.lanes", "link.dialTimeout", "link.waitForLane", "link.maxWaiting", "link.drainTimeout", "link.listen", "link.dial",
        }));
    }

    private static IEnumerable<string> MistakesOf(LinkOptions options)
    {
        var mistakes = new Mistakes();
        options.Validate(mistakes, "link");
        return mistakes.All.Select(mistake => mistake.Path);
    }
}
