using Railgun.Protocol.Identity;

namespace Railgun.Protocol.Tests.Identity;

internal sealed class PeerNameTests
{
    [TestCase("shop")]
    [TestCase("a")]
    [TestCase("7")]
    [TestCase("edge-1")]
    [TestCase("012345678901234567890123456789012345678901234567890123456789012")]
    public void Labels_in_lower_case_are_names(string name) => Assert.That(PeerName.IsValid(name), Is.True);

    [TestCase("")]
    [TestCase("Shop")]
    [TestCase("-shop")]
    [TestCase("shop-")]
    [TestCase("my_shop")]
    [TestCase("shop.example")]
    [TestCase("shop ")]
    [TestCase("shöp")]
    [TestCase("0123456789012345678901234567890123456789012345678901234567890123")]
    public void Anything_else_is_not(string name) => Assert.That(PeerName.IsValid(name), Is.False);

    [TestCase("Web1.example.com", "web1")]
    [TestCase("my_host", "my-host")]
    [TestCase("_x_", "x")]
    [TestCase("", "edge")]
    [TestCase("___", "edge")]
    [TestCase("Zürich", "z-rich")]
    [TestCase("0123456789012345678901234567890123456789012345678901234567890123456789", "012345678901234567890123456789012345678901234567890123456789012")]
    public void A_hosts_name_becomes_a_valid_one(string host, string name) => Assert.That(PeerName.FromHost(host, "edge"), Is.EqualTo(name));
}
