using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Primitives;
using Railgun.Listener.Startup;

namespace Railgun.Listener.Tests.Startup;

internal sealed class RoutesSectionTests
{
    [Test]
    public void It_holds_its_part_of_the_configuration_and_tells_when_that_is_replaced()
    {
        var section = new RoutesSection(Of("reverseProxy:Routes:a:ClusterId", "one"));
        int changes = 0;
        using IDisposable registration = ChangeToken.OnChange(section.Section.GetReloadToken, () => changes++);
        Assert.That(section.Section["routes:A:clusterId"], Is.EqualTo("one"));
        section.Replace(Of("ReverseProxy:Routes:b:ClusterId", "two"));
        Assert.That((section.Section["Routes:a:ClusterId"], section.Section["Routes:b:ClusterId"], changes), Is.EqualTo(((string?)null, "two", 1)));
    }

    [TestCase("ReverseProxy:Routes:a:ClusterId", true)]
    [TestCase("http", false)]
    public void It_is_there_or_not(string key, bool expected) => Assert.That(RoutesSection.IsIn(Of(key, "x")), Is.EqualTo(expected));

    private static IConfigurationRoot Of(string key, string value) =>
        new ConfigurationBuilder().AddInMemoryCollection([new KeyValuePair<string, string?>(key, value)]).Build();
}
