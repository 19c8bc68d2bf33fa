using System.Collections.Concurrent;

namespace Railgun.EndToEnd.Chaos;

/// <summary>What became of the requests, by cause. Thread-safe.</summary>
internal sealed class Outcomes
{
    private readonly ConcurrentDictionary<string, int> _failed = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _wrong = new();
    private int _served;

    /// <summary>Answers that came whole and right.</summary>
    public int Served => Volatile.Read(ref _served);

    /// <summary>Answers that came whole and were not what the origin sent.</summary>
    public IReadOnlyCollection<string> Wrong => _wrong;

    /// <summary>Requests without a whole answer.</summary>
    public int Failed => _failed.Values.Sum();

    /// <summary>One was served.</summary>
    public void Serve() => Interlocked.Increment(ref _served);

    /// <summary>One failed.</summary>
    /// <returns>False: there was no answer.</returns>
    public bool Fail(string cause)
    {
        _failed.AddOrUpdate(cause, 1, (_, count) => count + 1);
        return false;
    }

    /// <summary>One was served and is wrong.</summary>
    public void Mistake(string what) => _wrong.Enqueue(what);

    /// <summary>A line for people.</summary>
    public override string ToString() =>
        $"{Served} served, {Wrong.Count} wrong, {Failed} failed: " + string.Join(", ", _failed.OrderByDescending(f => f.Value).Select(f => $"{f.Value} {f.Key}"));
}
