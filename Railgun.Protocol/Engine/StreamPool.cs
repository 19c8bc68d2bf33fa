namespace Railgun.Protocol.Engine;

/// <summary>
/// The stream objects of one lane that nobody has any more, to be used again. A stream comes here when its driver has done with it and the engine holds it nowhere: not in the table, not to be
/// written, not to be signalled. Drivers tell a successor by its <see cref="StreamCore.Generation"/>.
/// </summary>
internal sealed class StreamPool(LaneHoldings lane)
{
    /// <summary>The most that wait to be used again.</summary>
    public const int Capacity = 128;

    private readonly Stack<StreamCore> _free = new();

    /// <summary>How many wait to be used again.</summary>
    public int Count => _free.Count;

    /// <summary>A stream that has just begun.</summary>
    /// <param name="id">Its number, or 0.</param>
    /// <param name="exchange">The exchange that it carries.</param>
    /// <param name="window">The credit towards this side that it begins with.</param>
    public StreamCore Take(uint id, ulong exchange, int window)
    {
        if (!_free.TryPop(out StreamCore? stream))
        {
            return new StreamCore(id, exchange, lane, window);
        }

        stream.Begin(id, exchange, window);
        return stream;
    }

    /// <summary>Takes the stream back if nobody has it any more.</summary>
    public void Return(StreamCore stream)
    {
        if (stream.IsFree && _free.Count < Capacity)
        {
            stream.Forget();
            _free.Push(stream);
        }
    }
}
