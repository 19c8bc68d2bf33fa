using System.Collections.Concurrent;
using System.Text;
using Railgun.EndToEnd.Harness;
using Railgun.Try.Processes;

namespace Railgun.EndToEnd.Transparency;

/// <summary>
/// Nothing that works without the pair stops working with it. Each case is asked three times: of the origin itself, and twice through the pair, whose second answer
/// is a delta against the first where it can be. What differs must stand in <see cref="Allowances"/>.
/// </summary>
[Category("Transparency")]
[CancelAfter(60_000)]
internal sealed class TransparencyTests
{
    private static readonly Case[] Cases = [.. Questions.All.Select(q => q.OverH1()), .. Questions.All.Select(q => q.OverH2()), .. Conversations.All];

    private readonly ConcurrentQueue<(Case Asked, Comparison Seen)> _rows = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("railgun-transparency-").FullName;
    private ProbeOrigin _origin = null!;
    private Pair _pair = null!;
    private Place _straight = null!;
    private Place _through = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        await PairedKeys.CopyToAsync(_folder);
        _origin = await ProbeOrigin.StartAsync();
        _pair = new Pair(_folder);
        int h2c = LoopbackPorts.Take(1)[0];
        _pair.Listener.Environment["RAILGUN_H2C"] = $"127.0.0.1:{h2c}";
        _pair.StartListener();
        _pair.StartSender(_origin.Http);
        await _pair.ReadyAsync();
        _straight = new Place("straight", _origin.Http.Port, _origin.H2c.Port, _origin);
        _through = new Place("through the pair", _pair.HttpPort, h2c, _origin);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        TestContext.Progress.WriteLine(Table());
        if (_rows.Any(row => row.Seen.Unexcused.Count > 0))
        {
            TestContext.Progress.WriteLine(_pair.Logs());
        }

        _straight.Dispose();
        _through.Dispose();
        await _pair.DisposeAsync();
        await _origin.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Test]
    public void There_are_at_least_150_cases_each_with_a_name_of_its_own()
    {
        Assert.That(Cases, Has.Length.AtLeast(150));
        Assert.That(Cases.Select(c => c.ToString()), Is.Unique);
    }

    [TestCaseSource(nameof(Cases))]
    public async Task What_a_client_sees_is_what_it_would_see_without_the_pair(Case asked)
    {
        Sight straight = await asked.AskAsync(_straight).WaitAsync(TimeSpan.FromSeconds(20));
        for (int time = 1; time <= 2; time++)
        {
            Sight through = await asked.AskAsync(_through).WaitAsync(TimeSpan.FromSeconds(20));
            var seen = new Comparison(asked, straight, through);
            _rows.Enqueue((asked, seen));
            Assert.That(seen.Unexcused, Is.Empty, $"asked for the {(time == 1 ? "first" : "second")} time");
        }
    }

    [Test]
    public void A_difference_that_nothing_excuses_is_seen()
    {
        var seen = new Comparison(Cases[0], new Sight().Add("status: 200").Add("field a: 1"), new Sight().Add("status: 200").Add("field a: 2"));
        Assert.That(seen.Unexcused, Is.EqualTo(new[] { "- field a: 1", "+ field a: 2" }));
    }

    private string Table()
    {
        var table = new StringBuilder("\nTransparency: what clients see through the pair, beside what they see straight\n");
        foreach (IGrouping<Case, (Case Asked, Comparison Seen)> row in _rows.GroupBy(r => r.Asked))
        {
            string verdict = row.Any(r => r.Seen.Unexcused.Count > 0) ? "DIFFERS: " + string.Join(" | ", row.SelectMany(r => r.Seen.Unexcused).Distinct())
                : row.Any(r => r.Seen.Reasons.Count > 0) ? "meant: " + string.Join("; ", row.SelectMany(r => r.Seen.Reasons).Distinct())
                : "same";
            table.Append(System.Globalization.CultureInfo.InvariantCulture, $"{row.Key.Protocol,-9} {row.Key.Name,-56} {verdict}\n");
        }

        return table.ToString();
    }
}
