namespace Railgun.Protocol.Engine;

/// <summary>
/// What all lanes of a process may hold of bodies that nobody has taken yet: their windows are lent from here. Thread-safe.
/// </summary>
/// <param name="capacity">How much, in bytes. Beyond it each further lane still gets <see cref="LeastPerLane"/>.</param>
/// <param name="perLane">The most that one lane's window grows to, in bytes.</param>
internal sealed class ReceiveMemory(long capacity, int perLane)
{
    /// <summary>The window that every lane has, in bytes, even where all the memory is lent.</summary>
    public const int LeastPerLane = 256 * 1024;

    private long _lent;

    /// <summary>The most that one lane's window grows to, in bytes.</summary>
    public int PerLane => perLane;

    /// <summary>How much, in bytes.</summary>
    public long Capacity => capacity;

    /// <summary>How much is lent now, in bytes.</summary>
    public long Lent => Volatile.Read(ref _lent);

    /// <summary>Lends as much of <paramref name="wanted"/> as there is.</summary>
    public long Lend(long wanted)
    {
        long lent = Math.Clamp(wanted, 0, Math.Max(capacity - Interlocked.Add(ref _lent, wanted) + wanted, 0));
        Interlocked.Add(ref _lent, lent - wanted);
        return lent;
    }

    /// <summary>Lends the window of a new lane: what is wanted of it, or at least <see cref="LeastPerLane"/>.</summary>
    public int LendWindow(int wanted)
    {
        long lent = Lend(Math.Min(wanted, perLane));
        if (lent < LeastPerLane)
        {
            Interlocked.Add(ref _lent, LeastPerLane - lent);
            lent = LeastPerLane;
        }

        return (int)lent;
    }

    /// <summary>Takes back what was lent.</summary>
    public void Return(long bytes) => Interlocked.Add(ref _lent, -bytes);
}
