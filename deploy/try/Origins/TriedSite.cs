using Railgun.Try.Origins.Histories;
using Railgun.Try.Origins.Site;
using Railgun.Try.Visits;

namespace Railgun.Try.Origins;

/// <summary>The origin that the user chose: what it answers and which requests show it.</summary>
/// <param name="Label">What it is, for people.</param>
/// <param name="Map">Adds what it answers to an application.</param>
/// <param name="Plan">The requests that make the table.</param>
/// <param name="Open">The paths worth opening in a browser.</param>
internal sealed record TriedSite(string Label, Action<WebApplication> Map, IEnumerable<Visit> Plan, IReadOnlyList<string> Open)
{
    /// <summary>The requests that show what a restart of the sender costs; none where the origin can't be asked once more.</summary>
    public IReadOnlyList<Visit> AfterRestart { get; init; } = [];

    /// <summary>The newspaper or the page histories; the user's own site is not made here.</summary>
    public static TriedSite Of(TryOptions options) => options.Pages is { } folder ? Replayed(folder) : Demo(options.Seed);

    private static TriedSite Demo(int seed)
    {
        var site = new NewsSite(seed, TimeProvider.System);
        return new TriedSite($"the demo site, seed {seed}", site.Map, VisitPlan.Of(site), ["/", "/feed.json", "/clock", "/gzipped", "/events"])
        {
            AfterRestart = VisitPlan.AfterRestart,
        };
    }

    private static TriedSite Replayed(string folder)
    {
        var site = new HistorySite(folder);
        return new TriedSite($"replays {folder}", site.Map, VisitPlan.Of(site), ["/", .. site.Pages.Take(5).Select(page => page.Path)]);
    }
}
