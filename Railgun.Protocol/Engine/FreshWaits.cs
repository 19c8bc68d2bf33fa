using Railgun.Protocol.Versions;

namespace Railgun.Protocol.Engine;

/// <summary>
/// Listener: streams whose body is coded against one that another stream of the lane is just bringing. They wait until that is stored or over, for a bounded time, and only
/// for bodies that come whole whatever their own client does.
/// </summary>
internal sealed class FreshWaits(LaneEngine engine)
{
    /// <summary>How long a stream waits while no body of the lane is stored: each may be the base of the next, and a busy machine takes its time for all of them.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>How long it waits in all.</summary>
    public static readonly TimeSpan MostPatience = TimeSpan.FromSeconds(10);

    private readonly List<(StreamCore Stream, ulong Exchange)> _waiting = [];
    private long _lastStored;

    /// <summary>Looks for the body of <paramref name="exchange"/>, the base of <paramref name="stream"/>'s.</summary>
    public FreshStatus Find(StreamCore stream, ulong exchange, out VersionName name)
    {
        name = engine.Handles.NameOf(exchange);
        if (!name.IsDefault)
        {
            return FreshStatus.Here;
        }

        if (stream.WaitsSince == 0)
        {
            stream.WaitsSince = engine.Now;
        }

        if (stream.Dead || exchange == stream.Exchange || HasWaited(stream) || engine.Streams.Carrier(exchange) is null or { StoresNothing: true })
        {
            return FreshStatus.Gone;
        }

        if (!_waiting.Contains((stream, exchange)))
        {
            _waiting.Add((stream, exchange));
        }

        return FreshStatus.Waits;
    }

    /// <summary>The stream's body is stored: those that wait for it look again.</summary>
    public void Stored(StreamCore stream)
    {
        _lastStored = engine.Now;
        Settled(stream);
    }

    /// <summary>The stream's body is stored, or it will not be: those that wait for it look again.</summary>
    public void Settled(StreamCore stream)
    {
        for (int i = _waiting.Count - 1; i >= 0; i--)
        {
            if (_waiting[i].Exchange == stream.Exchange || _waiting[i].Stream == stream)
            {
                Wake(i);
            }
        }
    }

    /// <summary>Lets time pass.</summary>
    public void Tick()
    {
        for (int i = _waiting.Count - 1; i >= 0; i--)
        {
            if (HasWaited(_waiting[i].Stream))
            {
                Wake(i);
            }
        }
    }

    private bool HasWaited(StreamCore stream) =>
        engine.Now >= Math.Min(Math.Max(stream.WaitsSince, _lastStored) + Patience.Ticks, stream.WaitsSince + MostPatience.Ticks);

    private void Wake(int at)
    {
        StreamCore stream = _waiting[at].Stream;
        _waiting.RemoveAt(at);
        engine.Signal(stream, read: true, write: false);
    }
}
