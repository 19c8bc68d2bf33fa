using Railgun.Protocol.Versions;

namespace Railgun.Protocol.Tests.Versions;

internal sealed class NamePatternsTests
{
    private static readonly string[] Names = ["sid", "_ga_*", "mp_*_mixpanel", "*token", "Über*"];

    [TestCase("sid", true)]
    [TestCase("sid2", false)]
    [TestCase("_ga_", true)]
    [TestCase("_ga_X", true)]
    [TestCase("_ga", false)]
    [TestCase("mp_1_mixpanel", true)]
    [TestCase("mp_mixpanel", false)]
    [TestCase("my-token", true)]
    [TestCase("tokens", false)]
    [TestCase("Überall", true)]
    [TestCase("", false)]
    [TestCase("*", false)]
    public void A_star_stands_for_any_characters(string name, bool expected) =>
        Assert.That(new NamePatterns(Names, ignoreCase: false).Contains(name), Is.EqualTo(expected));

    [TestCase("SID")]
    [TestCase("_GA_x")]
    [TestCase("MP_1_Mixpanel")]
    [TestCase("My-Token")]
    public void Case_matters_or_not_as_told(string name)
    {
        Assert.That(new NamePatterns(Names, ignoreCase: false).Contains(name), Is.False);
        Assert.That(new NamePatterns(Names, ignoreCase: true).Contains(name), Is.True);
    }
}
