using Railgun.Protocol.Heads;
using Railgun.Protocol.Versions;

namespace Railgun.Protocol.Tests.Versions;

internal sealed class PageKeyTests
{
    [Test]
    public void Equal_requests_have_equal_keys_whatever_the_case_of_the_host()
    {
        PageKey key = Key("GET", "shop.example", "/a?b=c");
        Assert.That(Key("GET", "Shop.EXAMPLE", "/a?b=c"), Is.EqualTo(key));
        Assert.That(Key("HEAD", "shop.example", "/a?b=c"), Is.EqualTo(key));
        Assert.That(key, Is.Not.EqualTo(default(PageKey)));
    }

    [TestCase("GET", "shop.example", "/A?b=c")]
    [TestCase("GET", "shop.example", "/a?b=C")]
    [TestCase("GET", "shop.example", "/%61?b=c")]
    [TestCase("GET", "shop.example:8080", "/a?b=c")]
    [TestCase("GET", "shop.example/", "a?b=c")]
    [TestCase("POST", "shop.example", "/a?b=c")]
    [TestCase("get", "shop.example", "/a?b=c")]
    public void Whatever_differs_in_host_target_or_method_is_another_page(string method, string authority, string target) =>
        Assert.That(Key(method, authority, target), Is.Not.EqualTo(Key("GET", "shop.example", "/a?b=c")));

    [Test]
    public void Targets_longer_than_the_buffer_count_to_their_end()
    {
        string long1 = "/" + new string('x', 10_000) + "1";
        string long2 = "/" + new string('x', 10_000) + "2";
        Assert.That(Key("GET", "shop.example", long1), Is.Not.EqualTo(Key("GET", "shop.example", long2)));
        Assert.That(Key("GET", "SHOP.example", long1), Is.EqualTo(Key("GET", "shop.example", long1)));
    }

    private static PageKey Key(string method, string authority, string target) =>
        PageKey.Of(new RequestHead { Method = method, Scheme = "https", Authority = authority, Target = target });
}
