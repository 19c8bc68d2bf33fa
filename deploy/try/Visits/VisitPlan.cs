using System.Text.RegularExpressions;
using Railgun.Try.Origins.Histories;
using Railgun.Try.Origins.Site;

namespace Railgun.Try.Visits;

/// <summary>Which requests make the table, in order: first each page once, then the later versions.</summary>
internal static partial class VisitPlan
{
    private const int MostLinks = 6;
    private const int Rounds = 4;

    /// <summary>The demo site: a reader who comes back a few times, reads news, and at the end watches the event stream.</summary>
    public static IEnumerable<Visit> Of(NewsSite site)
    {
        string[] pages = ["/", "/feed.json", "/clock", "/gzipped"];
        foreach (string path in pages.Concat(site.NewestArticles(1)))
        {
            yield return new Visit(path, IsFirst: true);
        }

        for (int round = 0; round < Rounds; round++)
        {
            foreach (string path in pages.Concat(site.NewestArticles(3)))
            {
                yield return new Visit(path, IsFirst: false);
            }
        }

        yield return new Visit("/events", IsFirst: false, Events: 3);
    }

    /// <summary>The demo site again, once the sender has forgotten it.</summary>
    public static IReadOnlyList<Visit> AfterRestart { get; } = [.. new[] { "/", "/feed.json", "/gzipped", "/" }.Select(path => new Visit(path, IsFirst: false))];

    /// <summary>Page histories: the first version of each page, then the second of each, and so on. Where no page has a second version, the pages are
    /// siblings of one template, and only the first of them is a first version.</summary>
    public static IEnumerable<Visit> Of(HistorySite site)
    {
        int longest = site.Pages.Max(page => page.Count);
        bool siblings = longest == 1;
        bool any = false;
        for (int round = 0; round < longest; round++)
        {
            foreach (PageHistory page in site.Pages.Where(page => page.Count > round))
            {
                yield return new Visit(page.Path, IsFirst: siblings ? !any : round == 0);
                any = true;
            }
        }
    }

    /// <summary>The user's own site: the page asked for and the pages that it links to, a few times each.</summary>
    /// <param name="site">The address that was given.</param>
    /// <param name="html">What it answered.</param>
    public static IEnumerable<Visit> Of(Uri site, string html)
    {
        var paths = Link().Matches(html).Select(match => match.Groups[1].Value)
            .Select(link => Uri.TryCreate(site, System.Net.WebUtility.HtmlDecode(link), out Uri? there) ? there : site)
            .Where(there => there.Scheme == site.Scheme && there.Authority == site.Authority)
            .Select(there => there.PathAndQuery).Where(path => path != site.PathAndQuery).Distinct().Take(MostLinks)
            .Prepend(site.PathAndQuery).ToList();
        return Enumerable.Range(0, Rounds).SelectMany(round => paths.Select(path => new Visit(path, IsFirst: round == 0)));
    }

    [GeneratedRegex("<a\\s[^>]*href\\s*=\\s*[\"']?([^\"'#\\s>]+)", RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 2000)]
    private static partial Regex Link();
}
