using System.Reflection;
using System.Xml.Linq;

namespace Railgun.Architecture.Tests;

/// <summary>Listener → Hosting → Protocol ← Hosting ← Sender; the two sides never see each other.</summary>
internal sealed class ReferenceTests
{
    [TestCase("Railgun.Protocol/Railgun.Protocol.csproj")]
    [TestCase("Railgun.Protocol/Hosting/Railgun.Hosting.csproj", "Railgun.Protocol")]
    [TestCase("Railgun.Listener/Railgun.Listener.csproj", "Railgun.Hosting")]
    [TestCase("Railgun.Sender/Railgun.Sender.csproj", "Railgun.Hosting")]
    public void A_project_refers_only_to_what_lies_below_it(string project, params string[] expected) =>
        Assert.That(Includes(project, "ProjectReference").Select(Path.GetFileNameWithoutExtension), Is.EquivalentTo(expected));

    [Test]
    public void Only_the_listener_has_the_proxy_library_and_who_measures_it_beside_ours()
    {
        var owners = Checkout.Files("*.csproj").Where(p => Includes(p, "PackageReference").Any(n => n.StartsWith("Yarp", StringComparison.Ordinal)));
        Assert.That(owners, Is.EquivalentTo(new[] { "Railgun.Listener/Railgun.Listener.csproj", "tests/Railgun.Benchmarks/Railgun.Benchmarks.csproj" }));
    }

    [Test]
    public void The_protocol_needs_no_web_framework()
    {
        Assert.That(Includes("Railgun.Protocol/Railgun.Protocol.csproj", "FrameworkReference"), Is.Empty);
        var references = Assembly.Load("Railgun.Protocol").GetReferencedAssemblies().Select(a => a.Name!);
        Assert.That(references, Has.None.StartsWith("Microsoft.AspNetCore").And.None.StartsWith("Microsoft.Extensions.Hosting"));
    }

    private static IEnumerable<string> Includes(string project, string item) =>
        XDocument.Load(Path.Combine(Checkout.Root, project)).Descendants(item).Select(e => e.Attribute("Include")!.Value.Replace('\\', '/'));
}
