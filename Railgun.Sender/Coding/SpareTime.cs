namespace Railgun.Sender.Coding;

/// <summary>
/// Lets work be done that is good and not needed, such as making a short delta shorter, as long as all of it together takes a twentieth of one processor's time: a sender with much to do soon leaves it. Thread-safe.
/// </summary>
/// <param name="time">The clock.</param>
internal sealed class SpareTime(TimeProvider time)
{
    private const int Share = 20;

    /// <summary>After a pause so much of it can be done at once.</summary>
    private static readonly TimeSpan AtOnce = TimeSpan.FromMilliseconds(10);

    private readonly long _saved = (long)(AtOnce.TotalSeconds * Share * time.TimestampFrequency);
    private long _usedUntil = time.GetTimestamp();

    /// <summary>Whether there is any.</summary>
    public bool IsLeft => time.GetTimestamp() + _saved > Volatile.Read(ref _usedUntil);

    /// <summary>When work begins; <see cref="Took"/> wants to know.</summary>
    public long Begin() => time.GetTimestamp();

    /// <summary>Work that began then is done.</summary>
    public void Took(long begun)
    {
        long now = time.GetTimestamp();
        long used = Volatile.Read(ref _usedUntil);
        while (true)
        {
            long seen = Interlocked.CompareExchange(ref _usedUntil, Math.Max(used, now) + ((now - begun) * Share), used);
            if (seen == used)
            {
                return;
            }

            used = seen;
        }
    }
}
