using Railgun.Listener.Clients.Compression;

namespace Railgun.Listener.Tests.Clients.Compression;

internal sealed class EntityTagTests
{
    [TestCase("\"a\"", "W/\"a\"")]
    [TestCase("W/\"a\"", "W/\"a\"")]
    [TestCase("\"\"", "W/\"\"")]
    [TestCase("bare", "bare")]
    [TestCase("", "")]
    public void Only_a_strong_tag_is_weakened(string tag, string expected) => Assert.That(EntityTag.Weaken(tag), Is.EqualTo(expected));

    [TestCase("W/\"a\"", "\"a\"")]
    [TestCase("\"a\"", "\"a\"")]
    [TestCase("W/\"a\", \"b\",W/\"c\"", "\"a\", \"b\",\"c\"")]
    [TestCase("\"W/\", W/\"W/\"", "\"W/\", \"W/\"")]
    [TestCase("*", "*")]
    [TestCase("W/", "W/")]
    public void A_list_is_made_strong_outside_its_tags(string list, string expected) => Assert.That(EntityTag.Strengthen(list), Is.EqualTo(expected));

    [TestCase("W/\"a\"", true)]
    [TestCase("\"a\"", false)]
    [TestCase("\"x\", W/\"a\"", true)]
    [TestCase("*", false)]
    [TestCase("\"b\"", false)]
    public void Whether_a_tag_is_held_in_its_weak_form(string list, bool expected) =>
        Assert.That(EntityTag.HeldWeakly(list, "\"a\""), Is.EqualTo(expected));
}
