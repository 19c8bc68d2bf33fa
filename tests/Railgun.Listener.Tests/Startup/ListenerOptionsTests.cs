using System.Text.Json.Nodes;
using Railgun.Hosting.Configuration;
using Railgun.Listener.Startup;

namespace Railgun.Listener.Tests.Startup;

internal sealed class ListenerOptionsTests
{
    [Test]
    public void The_defaults_are_valid() => Assert.That(MistakesOf(_ => { }), Is.Empty);

    [Test]
    public void Every_mistake_is_named_with_its_path()
    {
        IEnumerable<string> paths = MistakesOf(options =>
        {
            options.Https.Add(new ListenAddress(System.Net.IPAddress.Any, 443));
            options.Tls.Key = "/no/such/key.pem";
            options.Direct = new Uri("ftp://origin.example/");
            options.Saving.Addresses.Add("192.0.2.0/33");
            options.Saving.SecretFile = "/no/such/secret";
        });
        Assert.That(paths, Is.EquivalentTo(new[] { "tls.certificate", "tls.key", "direct", "saving.addresses[0]", "saving.secretFile" }));
    }

    [TestCase("http://origin.example", true)]
    [TestCase("https://origin.example/base/", true)]
    [TestCase("https://origin.example/?q", false)]
    [TestCase("origin.example", false)]
    public void A_direct_origin_is_an_http_URL_without_a_query(string url, bool valid) =>
        Assert.That(MistakesOf(options => options.Direct = new Uri(url, UriKind.RelativeOrAbsolute)), valid ? Is.Empty : Is.EqualTo(new[] { "direct" }));

    [TestCase("""{"Routes":{"a":{"ClusterId":"c","Match":{"Path":"/{**all}"}}},"Clusters":{"c":{"Destinations":{"d":{"Address":"http://shop.railgun/"}}}}}""", "")]
    [TestCase("""{"Routes":{"a":{"ClusterId":"c","Match":{"Path":"/{**all}"}}},"Clusters":{"c":{"LoadBalancingPolicy":"Nope","Destinations":{"d":{"Address":"http://shop.railgun/"}}}}}""", "ReverseProxy.Clusters.c")]
    [TestCase("""{"Routes":{"a":{"ClusterId":"gone","Match":{"Path":"/"}}}}""", "ReverseProxy.Routes.a.ClusterId")]
    [TestCase("""{"Routes":{"a":{"ClusterId":"c"}},"Clusters":{"c":{"Destinations":{"d":{"Address":"http://shop.railgun/"}}}}}""", "ReverseProxy.Routes.a")]
    [TestCase("""{"Clusters":{"c":{}}}""", "ReverseProxy.Clusters.c")]
    [TestCase("""{"Routess":{}}""", "ReverseProxy.Routess")]
    [TestCase("""{"Clusters":{"c":{"HttpRequest":{"ActivityTimeout":"soon"},"Destinations":{"d":{"Address":"http://shop.railgun/"}}}}}""", "ReverseProxy")]
    public void Routes_are_read_as_the_proxy_library_will_read_them(string section, string paths) =>
        Assert.That(string.Join(' ', MistakesOf(options => options.ReverseProxy = (JsonObject)JsonNode.Parse(section)!)), Is.EqualTo(paths));

    private static IEnumerable<string> MistakesOf(Action<ListenerOptions> configure)
    {
        var options = new ListenerOptions();
        configure(options);
        var mistakes = new Mistakes();
        options.Validate(mistakes);
        return mistakes.All.Select(mistake => mistake.Path);
    }
}
