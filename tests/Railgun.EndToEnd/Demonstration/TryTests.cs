using System.Globalization;
using Railgun.EndToEnd.Harness;
using Railgun.Try.Origins;
using Railgun.Try.Origins.Site;
using Railgun.Try.Processes;

namespace Railgun.EndToEnd.Demonstration;

/// <summary>The demonstration itself, as deploy/try.sh starts it.</summary>
internal sealed class TryTests
{
    private static string Program => Path.Combine(
        Executables.Root, "deploy", "try", "bin", new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name, "net10.0", "railgun-try");

    [Test]
    public async Task The_demo_site_arrives_byte_exact()
    {
        CommandResult result = await RunAsync("--once", "--seed", "7");
        Assert.That(result.ExitCode, Is.Zero, result.Output + result.Errors);
        Assert.That(result.Output, Does.Contain("every one byte-exact").And.Contain("/articles/").And.Contain("/events"));
        Assert.That(result.Output, Does.Contain("signature of / #5"), "the first answer after the sender's restart");
    }

    [Test]
    public async Task Page_histories_are_replayed_version_by_version()
    {
        string folder = Directory.CreateTempSubdirectory("railgun-pages-").FullName;
        try
        {
            foreach (string page in (string[])["alpha", "beta"])
            {
                Directory.CreateDirectory(Path.Combine(folder, page));
                for (int version = 1; version <= 4; version++)
                {
                    await File.WriteAllBytesAsync(Path.Combine(folder, page, $"{version:D4}.html"), SamplePage.Make(page, version));
                }
            }

            CommandResult result = await RunAsync("--once", "--pages", folder);
            Assert.That(result.ExitCode, Is.Zero, result.Output + result.Errors);
            Assert.That(result.Output, Does.Contain("8 bodies, every one byte-exact"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Test]
    public async Task A_users_own_site_is_tried_although_it_changes_with_each_view()
    {
        await using TestOrigin origin = await TestOrigin.StartAsync();
        CommandResult result = await RunAsync("--once", "--origin", new Uri(origin.Address, "/page/own").ToString());
        Assert.That(result.ExitCode, Is.Zero, result.Output + result.Errors);
        Assert.That(result.Output, Does.Contain("4 bodies, every one byte-exact"));
    }

    [Test]
    public async Task Help_teaches_and_a_mistake_is_named()
    {
        CommandResult help = await RunAsync("--help");
        Assert.That(help.ExitCode, Is.Zero);
        Assert.That(help.Output, Does.Contain("--pages").And.Contain("--origin").And.Contain("--once"));
        CommandResult mistake = await RunAsync("--page", "x");
        Assert.That(mistake.ExitCode, Is.EqualTo(2));
        Assert.That(mistake.Errors, Does.Contain("--page").And.Contain("--help"));
    }

    [Test]
    [Platform(Include = "Linux")]
    public async Task SIGTERM_ends_it_and_leaves_no_child_behind()
    {
        await using ChildProcess child = ChildProcess.Start(Program, ["--once"]);
        await Eventually.TrueAsync(() => child.Output.Lines.Any(line => line.StartsWith("/feed.json", StringComparison.Ordinal)), "rows are printed");
        List<int> children = ChildrenOf(child.Id);
        Assert.That(children, Has.Count.EqualTo(2));
        child.Send(Signal.Terminate);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await child.WaitAsync(patience.Token);
        Assert.That(children.Where(id => Directory.Exists($"/proc/{id}")), Is.Empty);
    }

    [Test]
    public async Task The_same_seed_and_the_same_views_give_the_same_bytes()
    {
        List<string> first = await ViewsAsync(seed: 5);
        List<string> replayed = await ViewsAsync(seed: 5);
        List<string> other = await ViewsAsync(seed: 6);
        Assert.That(replayed, Is.EqualTo(first));
        Assert.That(other, Is.Not.EqualTo(first));
    }

    private static async Task<List<string>> ViewsAsync(int seed)
    {
        await using OriginHost site = await OriginHost.StartAsync(0, new NewsSite(seed, TimeProvider.System).Map);
        using var http = new HttpClient { BaseAddress = site.Address };
        var bodies = new List<string>();
        foreach (string path in (string[])["/", "/articles/40", "/feed.json", "/clock", "/"])
        {
            bodies.Add(await http.GetStringAsync(path));
        }

        return bodies;
    }

    private static List<int> ChildrenOf(int parent) =>
        [.. Directory.EnumerateDirectories(string.Create(CultureInfo.InvariantCulture, $"/proc/{parent}/task"))
            .SelectMany(thread => File.ReadAllText(Path.Combine(thread, "children")).Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Select(id => int.Parse(id, CultureInfo.InvariantCulture))];

    private static async Task<CommandResult> RunAsync(params string[] arguments)
    {
        await using ChildProcess child = ChildProcess.Start(Program, arguments);
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        await child.WaitAsync(patience.Token);
        return new CommandResult(child.ExitCode, string.Join('\n', child.Output.Lines), string.Join('\n', child.Errors.Lines));
    }
}
