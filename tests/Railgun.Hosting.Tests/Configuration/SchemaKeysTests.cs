using Railgun.Hosting.Configuration;

namespace Railgun.Hosting.Tests.Configuration;

internal sealed class SchemaKeysTests
{
    [Test]
    public void Every_key_stands_there_with_what_to_write()
    {
        Dictionary<string, string> keys = SchemaKeys.Of(FakeSchema.Default.FakeOptions).ToDictionary(key => key.Path, key => key.Hint);
        Assert.That(keys["link.lanes"], Is.EqualTo("a whole number"));
        Assert.That(keys["link.dial"], Is.EqualTo($"a list of: {HostPort.Hint}"));
        Assert.That(keys["section.limit"], Is.EqualTo("a whole number"));
        Assert.That(keys["sites.NAME.count"], Is.EqualTo("a whole number"));
        Assert.That(keys["rules[].text"], Is.EqualTo("a text in quotes"));
        Assert.That(keys["words"], Is.EqualTo("a list of: a text in quotes"));
        Assert.That(keys["open"], Is.EqualTo("a section of its own form"));
        Assert.That(keys["logging.format"], Is.EqualTo("text or json"));
        Assert.That(keys, Does.Not.ContainKey("link"));
    }
}
