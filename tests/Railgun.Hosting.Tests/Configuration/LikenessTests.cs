using Railgun.Hosting.Configuration;

namespace Railgun.Hosting.Tests.Configuration;

internal sealed class LikenessTests
{
    private static readonly string[] Candidates = ["lanes", "dialTimeout", "drainTimeout", "listen"];

    [TestCase("lane", "lanes")]
    [TestCase("LANSE", "lanes")]
    [TestCase("dialtimeout", "dialTimeout")]
    [TestCase("drainTimout", "drainTimeout")]
    [TestCase("capacity", null)]
    [TestCase("", null)]
    public void The_nearest_is_what_was_meant(string written, string? meant) => Assert.That(Likeness.Nearest(written, Candidates), Is.EqualTo(meant));

    [Test]
    public void What_is_very_long_is_like_nothing() => Assert.That(Likeness.Nearest(new string('l', 1000), Candidates), Is.Null);
}
