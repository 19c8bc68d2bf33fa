using Railgun.Hosting.Configuration;
using Railgun.Listener.Startup;

namespace Railgun.Listener.Tests.Startup;

internal sealed class NetworksTests
{
    private static readonly Dictionary<string, Func<ListenerOptions, List<string>>> Lists = new()
    {
        ["forwarded.trusted"] = options => options.Forwarded.Trusted,
        ["proxyProtocol.from"] = options => options.ProxyProtocol.From,
        ["saving.addresses"] = options => options.Saving.Addresses,
    };

    [Test]
    public void A_list_has_64_entries_at_most([Values("forwarded.trusted", "proxyProtocol.from", "saving.addresses")] string path, [Values(0, 1)] int beyond)
    {
        var options = new ListenerOptions();
        Lists[path](options).AddRange(Enumerable.Range(0, 64 + beyond).Select(i => $"192.0.2.{i}"));
        var mistakes = new Mistakes();
        options.Validate(mistakes);
        Assert.That(mistakes.All.Select(mistake => mistake.Path), beyond == 0 ? Is.Empty : Is.EqualTo(new[] { path }));
    }
}
