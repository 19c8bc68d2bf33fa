using Railgun.Protocol.Heads;
using Railgun.Protocol.Versions;

namespace Railgun.Protocol.Tests.Versions;

internal sealed class TemplateKeyTests
{
    [TestCase("/article/101", "/article/102", true)]
    [TestCase("/article/101", "/author/101", false)]
    [TestCase("/a.json", "/a.html", false)]
    [TestCase("/find?q=a", "/find?q=b", true)]
    [TestCase("/find?q=a", "/find?q=a&page=2", false)]
    public void Pages_of_one_kind_have_one_template(string one, string other, bool same) =>
        Assert.That(TemplateKey.Of(Requests.Get(one)) == TemplateKey.Of(Requests.Get(other)), Is.EqualTo(same));

    [Test]
    public void Another_site_method_or_scope_is_another_template()
    {
        TemplateKey key = TemplateKey.Of(Requests.Get("/a/1"));
        var elsewhere = new RequestHead { Method = "GET", Scheme = "https", Authority = "blog.example", Target = "/a/1" };
        var loud = new RequestHead { Method = "GET", Scheme = "https", Authority = "SHOP.example", Target = "/a/1" };
        Assert.That(TemplateKey.Of(elsewhere), Is.Not.EqualTo(key));
        Assert.That(TemplateKey.Of(elsewhere).Site, Is.Not.EqualTo(key.Site));
        Assert.That(TemplateKey.Of(Requests.Make("POST", "/a/1")), Is.Not.EqualTo(key));
        Assert.That(TemplateKey.Of(Requests.Get("/a/1"), "frankfurt").Site, Is.Not.EqualTo(key.Site));
        Assert.That(TemplateKey.Of(loud), Is.EqualTo(key), "host names know no case");
    }

    [TestCase("/a.html", "", "", PageKind.Document)]
    [TestCase("/a", "document", "*/*", PageKind.Document)]
    [TestCase("/a", "", "text/html,application/xhtml+xml", PageKind.Document)]
    [TestCase("/a", "empty", "application/json", PageKind.Data)]
    [TestCase("/a.js", "empty", "*/*", PageKind.Script)]
    [TestCase("/a", "style", "text/css", PageKind.Style)]
    [TestCase("/a.PNG", "", "", PageKind.Packed)]
    [TestCase("/a", "", "*/*", PageKind.Unknown)]
    public void The_kind_is_told_by_extension_destination_and_accept(string target, string destination, string accept, PageKind kind)
    {
        RequestHead head = Requests.Get(target);
        if (destination.Length > 0)
        {
            head.Fields.Add("Sec-Fetch-Dest", destination);
        }

        if (accept.Length > 0)
        {
            head.Fields.Add("Accept", accept);
        }

        Assert.That(TemplateKey.Of(head).Kind, Is.EqualTo(kind));
    }

    [Test]
    public void URLs_that_share_more_words_are_more_alike()
    {
        UrlWords asked = UrlWords.Of("/2021/06/17/Rust-1.53.0.html");
        int release = asked.Likeness(UrlWords.Of("/2021/05/10/Rust-1.52.1.html"));
        int survey = asked.Likeness(UrlWords.Of("/2020/09/10/survey-launch.html"));
        Assert.That(release, Is.GreaterThan(survey));
        Assert.That(asked.Likeness(asked), Is.EqualTo(1000));
        Assert.That(UrlWords.Of("/Shoes-42"), Is.EqualTo(UrlWords.Of("/42/SHOES/")));
    }
}
