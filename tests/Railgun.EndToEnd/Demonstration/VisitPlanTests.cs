using Railgun.EndToEnd.Harness;
using Railgun.Try;
using Railgun.Try.Origins.Histories;
using Railgun.Try.Visits;

namespace Railgun.EndToEnd.Demonstration;

internal sealed class VisitPlanTests
{
    private string _folder = "";

    [SetUp]
    public void Make() => _folder = Directory.CreateTempSubdirectory("railgun-plan-").FullName;

    [TearDown]
    public void Remove() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void Histories_are_asked_for_version_by_version_over_all_pages()
    {
        Write("a", versions: 3);
        Write("b", versions: 1);
        Assert.That(VisitPlan.Of(new HistorySite(_folder)), Is.EqualTo(new Visit[]
        {
            new("/a", IsFirst: true), new("/b", IsFirst: true), new("/a", IsFirst: false), new("/a", IsFirst: false),
        }));
    }

    [Test]
    public void Of_siblings_with_one_version_each_only_the_first_is_a_first_version()
    {
        Write("a", versions: 1);
        Write("b", versions: 1);
        Assert.That(VisitPlan.Of(new HistorySite(_folder)).Select(visit => visit.IsFirst), Is.EqualTo(new[] { true, false }));
    }

    [Test]
    public void A_folder_without_pages_is_explained() =>
        Assert.That(() => new HistorySite(_folder), Throws.InstanceOf<UsageException>().With.Message.Contains("0001.html"));

    [Test]
    public void Of_the_users_site_the_pages_on_the_same_host_are_visited()
    {
        var site = new Uri("http://shop.example:8080/news?x=1");
        const string Html = """
            <a href="/news?x=1">self</a> <A class=k HREF='/b&amp;c'>b</A> <a href=d.html>d</a> <a href="https://shop.example:8080/tls">other scheme</a>
            <a href="http://elsewhere.example/">other host</a> <a href="#top">here</a> <a href="mailto:x@shop.example">mail</a> <a href="/b&amp;c">b again</a>
            """;
        Assert.That(
            VisitPlan.Of(site, Html).Where(visit => visit.IsFirst).Select(visit => visit.Path),
            Is.EqualTo(new[] { "/news?x=1", "/b&c", "/d.html" }));
    }

    private void Write(string page, int versions)
    {
        Directory.CreateDirectory(Path.Combine(_folder, page));
        for (int version = 1; version <= versions; version++)
        {
            File.WriteAllBytes(Path.Combine(_folder, page, $"{version:D4}.html"), SamplePage.Make(page, version, rows: 1));
        }
    }
}
