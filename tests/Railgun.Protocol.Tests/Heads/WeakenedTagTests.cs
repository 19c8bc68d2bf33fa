using Railgun.Protocol.Heads;

namespace Railgun.Protocol.Tests.Heads;

internal sealed class WeakenedTagTests
{
    [TestCase("\"a\"", "W/\"a-railgun\"")]
    [TestCase("\"\"", "W/\"-railgun\"")]
    [TestCase("W/\"a\"", "W/\"a\"")]
    [TestCase("W/\"a-railgun\"", "W/\"a-railgun\"")]
    [TestCase("bare", "W/bare")]
    [TestCase("", "")]
    public void A_strong_tag_is_weakened_and_marked(string tag, string expected) => Assert.That(WeakenedTag.Weaken(tag), Is.EqualTo(expected));

    [TestCase("W/\"a-railgun\"", "\"a\"")]
    [TestCase("W/\"a-railgun\", \"b\",W/\"c-railgun\"", "\"a\", \"b\",\"c\"")]
    [TestCase("W/\"a\"", "W/\"a\"")]
    [TestCase("\"a-railgun\"", "\"a-railgun\"")]
    [TestCase("\"W/\", W/\"W/-railgun\"", "\"W/\", \"W/\"")]
    [TestCase("*", "*")]
    [TestCase("W/", "W/")]
    [TestCase("W/\"a-railgun", "W/\"a-railgun")]
    [TestCase("", "")]
    public void Only_what_was_weakened_here_is_made_strong_again(string list, string expected) => Assert.That(WeakenedTag.Restore(list), Is.EqualTo(expected));

    [TestCase("\"a\"")]
    [TestCase("\"\"")]
    [TestCase("\"a, b\"")]
    public void What_was_weakened_comes_back(string tag) => Assert.That(WeakenedTag.Restore(WeakenedTag.Weaken(tag)), Is.EqualTo(tag));

    [TestCase("W/\"a-railgun\"", true)]
    [TestCase("\"x\", W/\"a-railgun\"", true)]
    [TestCase("\"a\"", false)]
    [TestCase("W/\"a\"", false)]
    [TestCase("*", false)]
    [TestCase("W/\"b-railgun\"", false)]
    public void Whether_a_tag_is_held_in_its_weak_form(string list, bool expected) => Assert.That(WeakenedTag.IsIn(list, "\"a\""), Is.EqualTo(expected));
}
