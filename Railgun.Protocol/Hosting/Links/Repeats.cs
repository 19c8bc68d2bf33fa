namespace Railgun.Hosting.Links;

/// <summary>Tells what is said for the first time from what is said again and again: one warning an outage. Bounded; thread-safe.</summary>
/// <param name="time">The clock.</param>
internal sealed class Repeats(TimeProvider time)
{
    /// <summary>After so long the same is news again.</summary>
    public static readonly TimeSpan Forgotten = TimeSpan.FromMinutes(10);

    private const int MostSubjects = 256;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, (string What, long At)> _said = new(StringComparer.Ordinal);

    /// <summary>Whether this was not said of the subject lately. Past the bound of subjects all are forgotten, so that strangers cannot fill the memory.</summary>
    public bool IsNews(string subject, string what)
    {
        lock (_lock)
        {
            long now = time.GetTimestamp();
            if (_said.TryGetValue(subject, out (string What, long At) last) && last.What == what && time.GetElapsedTime(last.At, now) < Forgotten)
            {
                return false;
            }

            if (_said.Count >= MostSubjects)
            {
                _said.Clear();
            }

            _said[subject] = (what, now);
            return true;
        }
    }

    /// <summary>The subject is well again: what is said of it next is news.</summary>
    public void Forget(string subject)
    {
        lock (_lock)
        {
            _said.Remove(subject);
        }
    }

    /// <summary>Whatever is said next is news.</summary>
    public void ForgetAll()
    {
        lock (_lock)
        {
            _said.Clear();
        }
    }
}
