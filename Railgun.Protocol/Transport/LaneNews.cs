using Railgun.Protocol.Engine;

namespace Railgun.Protocol.Transport;

/// <summary>What is to be told after the lane's lock is left. Each of the lane's two loops owns one and uses it again.</summary>
internal sealed class LaneNews
{
    /// <summary>Whether hello is over.</summary>
    public bool Open { get; private set; }

    /// <summary>Streams that the listener has opened.</summary>
    public List<StreamCore> Accepted { get; } = [];

    /// <summary>Drivers to be woken.</summary>
    public List<StreamSignal> Signals { get; } = [];

    /// <summary>Takes what the engine has to tell; under the lane's lock.</summary>
    public void Collect(LaneEngine engine)
    {
        Open = engine.Peer is not null;
        while (engine.TryAccept(out StreamCore? accepted))
        {
            Accepted.Add(accepted!);
        }

        while (engine.TryTakeSignal(out StreamCore? stream, out bool readable, out bool writable))
        {
            if (stream!.Owner is ISignalled driver)
            {
                Signals.Add(new StreamSignal(driver, readable, writable));
            }
        }
    }

    /// <summary>Forgets what was told.</summary>
    public void Clear()
    {
        Accepted.Clear();
        Signals.Clear();
    }
}
