namespace Railgun.Simulation;

/// <summary>One direction of a connection: bytes arrive in order after a delay, in pieces, or not at all any more.</summary>
internal sealed class SimWire(Random random, FaultProfile faults)
{
    private readonly Queue<(long Due, byte[] Bytes)> _inFlight = new();
    private long _stalledUntil;
    private long _lastDue;

    /// <summary>Bytes under way.</summary>
    public int Pending { get; private set; }

    /// <summary>Puts bytes on the wire.</summary>
    public void Send(ReadOnlySpan<byte> bytes, long now)
    {
        while (!bytes.IsEmpty)
        {
            int count = faults.Fragments ? Math.Min(bytes.Length, 1 + random.Next(random.Next(4) == 0 ? 5 : 4000)) : bytes.Length;
            _lastDue = Math.Max(_lastDue, now + TimeSpan.FromMilliseconds(random.Next(1, 80)).Ticks);
            _inFlight.Enqueue((_lastDue, bytes[..count].ToArray()));
            Pending += count;
            bytes = bytes[count..];
        }
    }

    /// <summary>Holds everything up for a while.</summary>
    public void Stall(long until) => _stalledUntil = Math.Max(_stalledUntil, until);

    /// <summary>What has arrived by now; half of the time several pieces at once.</summary>
    public byte[]? Receive(long now)
    {
        if (now < _stalledUntil || !_inFlight.TryPeek(out (long Due, byte[] Bytes) first) || first.Due > now)
        {
            return null;
        }

        var arrived = new List<byte>();
        do
        {
            arrived.AddRange(_inFlight.Dequeue().Bytes);
        }
        while (random.Next(2) == 0 && _inFlight.TryPeek(out first) && first.Due <= now);
        Pending -= arrived.Count;
        return [.. arrived];
    }

    /// <summary>The connection is cut: of what is under way a random part still arrives.</summary>
    public byte[] Cut()
    {
        byte[] all = [.. _inFlight.SelectMany(piece => piece.Bytes)];
        _inFlight.Clear();
        Pending = 0;
        return all[..random.Next(all.Length + 1)];
    }
}
