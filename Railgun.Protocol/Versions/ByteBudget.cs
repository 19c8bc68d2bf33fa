namespace Railgun.Protocol.Versions;

/// <summary>A number of bytes that many may take from, together no more than the limit. Thread-safe.</summary>
internal sealed class ByteBudget
{
    private long _taken;

    /// <summary>Makes a budget of <paramref name="limit"/> bytes.</summary>
    public ByteBudget(long limit) => Limit = limit;

    /// <summary>The most that can be taken.</summary>
    public long Limit { get; }

    /// <summary>What is taken now.</summary>
    public long Taken => Volatile.Read(ref _taken);

    /// <summary>Takes <paramref name="bytes"/>, or nothing if they are not there.</summary>
    public bool TryTake(long bytes)
    {
        if (Interlocked.Add(ref _taken, bytes) <= Limit)
        {
            return true;
        }

        Return(bytes);
        return false;
    }

    /// <summary>Takes <paramref name="bytes"/> that are in use already, whatever the limit.</summary>
    public void Take(long bytes) => Interlocked.Add(ref _taken, bytes);

    /// <summary>Gives bytes back.</summary>
    public void Return(long bytes) => Interlocked.Add(ref _taken, -bytes);
}
