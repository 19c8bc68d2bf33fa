namespace Railgun.Protocol.Transport;

/// <summary>Ticks of 100 ns since it was made, as the engines count time.</summary>
internal sealed class SteadyClock(TimeProvider time)
{
    private readonly long _start = time.GetTimestamp();

    /// <summary>The time now.</summary>
    public long Now => time.GetElapsedTime(_start).Ticks;
}
