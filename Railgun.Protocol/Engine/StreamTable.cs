namespace Railgun.Protocol.Engine;

/// <summary>
/// The streams of one lane: open ones, those that wait to be written for the first time, and (sender) ended ones whose target is still retained.
/// </summary>
internal sealed class StreamTable
{
    /// <summary>The most that the streams of a lane retain together, in bytes.</summary>
    public const int MaxRetained = 32 << 20;

    /// <summary>So much of that can be set aside for bodies that are coded against fresh ones; what others retain goes before it.</summary>
    public const int MaxReserved = MaxRetained / 4 * 3;

    /// <summary>The most ended streams that stay for what they retain; the oldest goes.</summary>
    public const int MaxLingering = 1024;

    private const int MaxReservations = MaxLingering / 2;

    private readonly Dictionary<uint, StreamCore> _streams = [];
    private readonly HashSet<StreamCore> _unsent = [];
    private readonly LinkedList<StreamCore> _lingering = [];
    private int _reservations;

    /// <summary>Streams that count against the limit of open ones.</summary>
    public int OpenCount => _streams.Count + _unsent.Count - _lingering.Count;

    /// <summary>The highest stream number seen or given.</summary>
    public uint Last { get; private set; }

    /// <summary>Bytes retained by all streams of the lane.</summary>
    public int RetainedBytes { get; private set; }

    /// <summary>Sender: bytes that are set aside to be retained.</summary>
    public int ReservedBytes { get; private set; }

    /// <summary>Sender: bytes of signatures that wait for their answers.</summary>
    public int SignatureBytes { get; private set; }

    /// <summary>Listener: a new stream that has no number yet.</summary>
    public void AddUnsent(StreamCore stream) => _unsent.Add(stream);

    /// <summary>Listener: gives the stream the next number, now that its request goes on the wire.</summary>
    public void Number(StreamCore stream)
    {
        stream.Id = ++Last;
        _unsent.Remove(stream);
        _streams.Add(stream.Id, stream);
    }

    /// <summary>Sender: a stream that the listener has opened; its number is above <see cref="Last"/>.</summary>
    public void Add(StreamCore stream)
    {
        Last = stream.Id;
        _streams.Add(stream.Id, stream);
    }

    /// <summary>Sender: a stream that was refused at once uses its number up.</summary>
    public void Skip(uint id) => Last = id;

    /// <summary>The stream of that number, or null if it is over or never was.</summary>
    public StreamCore? Find(uint id) => _streams.GetValueOrDefault(id);

    /// <summary>Whether a stream of that number was ever opened.</summary>
    public bool WasOpened(uint id) => id <= Last;

    /// <summary>The stream that carries that exchange now; null for none.</summary>
    public StreamCore? Carrier(ulong exchange)
    {
        foreach (StreamCore stream in _streams.Values)
        {
            if (stream.Exchange == exchange)
            {
                return stream;
            }
        }

        return null;
    }

    /// <summary>Forgets the stream and what it retains.</summary>
    public void Remove(StreamCore stream)
    {
        if (stream.Id == 0)
        {
            _unsent.Remove(stream);
            return;
        }

        if (_streams.Remove(stream.Id))
        {
            Drop(stream);
            Unreserve(stream);
            TakeSignature(stream);
            EndLingering(stream);
        }
    }

    /// <summary>Sender: keeps the next part of a signature; where the lane keeps too much of them already this one is dropped.</summary>
    public void KeepSignature(StreamCore stream, ReadOnlySpan<byte> payload, bool more)
    {
        if (SignatureBytes + payload.Length > Limits.MaxLaneSignatures)
        {
            TakeSignature(stream);
        }

        int before = stream.Signature.Length;
        stream.Signature.Gather(payload, more);
        SignatureBytes += stream.Signature.Length - before;
    }

    /// <summary>Sender: hands a signature over, or drops it.</summary>
    public ReadOnlyMemory<byte> TakeSignature(StreamCore stream)
    {
        SignatureBytes -= stream.Signature.Length;
        return stream.Signature.Take();
    }

    /// <summary>Sender: the stream has ended in both directions and stays only for what it retains.</summary>
    public void Linger(StreamCore stream)
    {
        stream.LingerNode ??= _lingering.AddLast(stream);
        if (_lingering.Count > MaxLingering)
        {
            RemoveOldest();
        }
    }

    /// <summary>Sender: sets memory aside so that up to <paramref name="bytes"/> of the stream's target stay until the listener has proved the first of them; false where there is too little.</summary>
    public bool TryReserve(StreamCore stream, int bytes)
    {
        Unreserve(stream);
        if (_reservations >= MaxReservations || ReservedBytes + bytes > MaxReserved)
        {
            return false;
        }

        stream.Reserved = bytes;
        ReservedBytes += bytes;
        _reservations++;
        return true;
    }

    /// <summary>Sender: what the stream retains may go like that of others.</summary>
    public void Unreserve(StreamCore stream)
    {
        if (stream.Reserved > 0)
        {
            ReservedBytes -= stream.Reserved;
            stream.Reserved = 0;
            _reservations--;
        }
    }

    /// <summary>
    /// Sender: retains the next piece of the stream's target. Where the lane retains too much, ended streams make room first, then the stream itself gives up, or others for one with a reservation.
    /// </summary>
    public void Retain(StreamCore stream, ReadOnlySpan<byte> target)
    {
        RetainedBytes += stream.Retained.Append(target);
        while (RetainedBytes > MaxRetained && RemoveOldest())
        {
        }

        if (RetainedBytes > MaxRetained && stream.Reserved == 0)
        {
            Drop(stream);
        }
        else if (RetainedBytes > MaxRetained)
        {
            DropUnreserved();
        }
    }

    /// <summary>Sender: the target is proved up to <paramref name="offset"/>.</summary>
    public void Release(StreamCore stream, long offset) => RetainedBytes -= stream.Retained.Release(offset);

    /// <summary>Sender: hands what is retained from <paramref name="offset"/> on to <paramref name="queue"/>.</summary>
    public void TakeRetained(StreamCore stream, long offset, Action<Payload> queue)
    {
        RetainedBytes -= stream.RetainedBytes;
        stream.Retained.TakeFrom(offset, queue);
        Unreserve(stream);
        EndLingering(stream);
    }

    /// <summary>All streams, for the end of a lane.</summary>
    public StreamCore[] All() => [.. _streams.Values, .. _unsent];

    private void Drop(StreamCore stream) => RetainedBytes -= stream.RetainedBytes == 0 ? 0 : stream.Retained.Clear();

    private void DropUnreserved()
    {
        foreach (StreamCore stream in _streams.Values)
        {
            if (stream.Reserved == 0 && RetainedBytes > MaxRetained)
            {
                Drop(stream);
            }
        }
    }

    // The oldest that ended and has no reservation; false if there is none.
    private bool RemoveOldest()
    {
        for (LinkedListNode<StreamCore>? node = _lingering.First; node is not null; node = node.Next)
        {
            if (node.Value.Reserved == 0)
            {
                Remove(node.Value);
                return true;
            }
        }

        return false;
    }

    private void EndLingering(StreamCore stream)
    {
        if (stream.LingerNode is { } node)
        {
            _lingering.Remove(node);
            stream.LingerNode = null;
        }
    }
}
