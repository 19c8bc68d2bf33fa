using Railgun.Hosting.Admin;

namespace Railgun.Hosting.Logging;

/// <summary>The last warnings and errors, for <c>/status</c>. Thread-safe.</summary>
internal sealed class RecentProblems
{
    /// <summary>How many are kept.</summary>
    public const int Capacity = 20;

    /// <summary>The longest message kept, in characters.</summary>
    public const int MaxMessage = 500;

    private readonly ProblemStatus[] _ring = new ProblemStatus[Capacity];
    private readonly Lock _lock = new();
    private long _count;

    /// <summary>Keeps one, in place of the oldest.</summary>
    public void Add(DateTimeOffset time, string level, string message)
    {
        var problem = new ProblemStatus(time, level, message.Length <= MaxMessage ? message : message[..MaxMessage] + "…");
        lock (_lock)
        {
            _ring[_count++ % Capacity] = problem;
        }
    }

    /// <summary>All that are kept, oldest first.</summary>
    public IReadOnlyList<ProblemStatus> Last()
    {
        lock (_lock)
        {
            int kept = (int)Math.Min(_count, Capacity);
            var last = new ProblemStatus[kept];
            for (int i = 0; i < kept; i++)
            {
                last[i] = _ring[(_count - kept + i) % Capacity];
            }

            return last;
        }
    }
}
