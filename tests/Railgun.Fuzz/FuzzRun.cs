using System.Diagnostics;
using System.Globalization;

namespace Railgun.Fuzz;

/// <summary>
/// Fuzzes one target, guided by coverage: an input that takes new edges joins the corpus, and new inputs are made of those in it, of young ones more often.
/// </summary>
internal sealed class FuzzRun : IDisposable
{
    private static readonly TimeSpan ReportEvery = TimeSpan.FromSeconds(10);

    private readonly IFuzzTarget _target;
    private readonly FuzzOptions _options;
    private readonly CoverageMap _map;
    private readonly Random _random;
    private readonly Mutator _mutator;
    private readonly List<byte[]> _corpus = [];
    private readonly HashSet<string> _findings = [];
    private readonly CorpusFile _kept;
    private readonly Findings _failed;
    private readonly Watchdog _watchdog;
    private long _runs;

    /// <summary>Makes a run that has not begun.</summary>
    public FuzzRun(IFuzzTarget target, FuzzOptions options, CoverageMap map)
    {
        _target = target;
        _map = map;
        _map.Reset();
        _options = options;
        _random = new Random(options.Seed);
        _mutator = new Mutator(_random);
        _kept = new CorpusFile(Path.Combine(options.Corpus, target.Name + ".zip"));
        _failed = new Findings(Path.Combine(options.Corpus, target.Name + ".findings"));
        _watchdog = new Watchdog(_failed);
    }

    /// <summary>Runs until the time is over, then writes the minimised corpus.</summary>
    /// <returns>How many unlike findings there are.</returns>
    public int Run()
    {
        long start = Stopwatch.GetTimestamp();
        foreach (byte[] input in _kept.Read().Concat(_target.Seeds()))
        {
            Try(input);
        }

        Report("begins", start);
        TimeSpan reported = TimeSpan.Zero;
        while (Stopwatch.GetElapsedTime(start) is var elapsed && elapsed < _options.Time)
        {
            Try(_mutator.Mutate(Pick(), _corpus[_random.Next(_corpus.Count)], _target.MaxInput));
            if (elapsed - reported > ReportEvery)
            {
                reported = elapsed;
                Report("runs", start);
            }
        }

        List<byte[]> least = Minimise();
        _kept.Replace(least);
        Report($"ended, {least.Count} inputs kept", start);
        return _findings.Count;
    }

    /// <inheritdoc/>
    public void Dispose() => _watchdog.Dispose();

    // The best of two: younger inputs lie at the edge of what is known.
    private byte[] Pick() => _corpus[Math.Max(_random.Next(_corpus.Count), _random.Next(_corpus.Count))];

    private void Try(byte[] input)
    {
        Execute(input);
        if (_map.Merge())
        {
            _corpus.Add(input);
        }
    }

    private void Execute(byte[] input)
    {
        _runs++;
        _map.Clear();
        _watchdog.Watch(input);
        long before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            _target.Run(input);
            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            if (allocated > _target.MaxAllocated)
            {
                throw new FuzzFailureException($"{allocated} bytes were allocated");
            }
        }
        catch (Exception e)
        {
            Found(input, e);
        }

        _watchdog.Watch(null);
    }

    // One of each kind: an exception is told from others by its type and where it was thrown.
    private void Found(byte[] input, Exception failure)
    {
        string place = failure.StackTrace?.Split('\n').FirstOrDefault()?.Trim() ?? "";
        string kind = failure is FuzzFailureException ? new string([.. failure.Message.Where(static c => !char.IsAsciiDigit(c))]) : $"{failure.GetType().Name} {place}";
        if (_findings.Add(kind))
        {
            Console.WriteLine($"{_target.Name}: FOUND {failure.GetType().Name}: {failure.Message} {place}\n  {_failed.Write(input)}");
        }
    }

    // The shortest inputs that take each edge, as often, that any of the corpus takes.
    private List<byte[]> Minimise()
    {
        var taken = new HashSet<int>();
        var least = new List<byte[]>();
        foreach (byte[] input in _corpus.OrderBy(static input => input.Length))
        {
            Execute(input);
            int before = taken.Count;
            taken.UnionWith(_map.Taken());
            if (taken.Count > before)
            {
                least.Add(input);
            }
        }

        return least;
    }

    private void Report(string what, long start)
    {
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{_target.Name}: {what} {seconds:F0} s, {_runs:N0} executions ({_runs / Math.Max(seconds, 0.001):F0} a second), corpus {_corpus.Count}, edges {_map.Edges}, findings {_findings.Count}"));
    }
}
