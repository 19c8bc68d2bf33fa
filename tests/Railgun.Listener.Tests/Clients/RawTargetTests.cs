using Railgun.Listener.Clients;

namespace Railgun.Listener.Tests.Clients;

internal sealed class RawTargetTests
{
    [TestCase("/", "/")]
    [TestCase("/a/../b?x", "/a/../b?x")]
    [TestCase("/http://x/y", "/http://x/y")]
    [TestCase("*", "*")]
    [TestCase("http://shop.example", "/")]
    [TestCase("http://shop.example/", "/")]
    [TestCase("http://shop.example?q=/", "/?q=/")]
    [TestCase("HTTP://shop.example:81/a//b?c", "/a//b?c")]
    [TestCase("", "/")]
    public void The_origin_form_is_taken_as_it_stands(string target, string expected) => Assert.That(RawTarget.Of(target), Is.EqualTo(expected));
}
