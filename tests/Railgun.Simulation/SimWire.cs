using System.Buffers;

namespace Railgun.Simulation;

/// <summary>One direction of a connection: bytes arrive in order after a delay, in pieces, or not at all any more.</summary>
internal sealed class SimWire(Random random, FaultProfile faults)
{
    private readonly Queue<(long Due, int Count)> _pieces = new();
    private readonly ArrayBufferWriter<byte> _bytes = new();
    private int _read;
    private long _stalledUntil;
    private long _lastDue;

    /// <summary>Bytes under way.</summary>
    public int Pending => _bytes.WrittenCount - _read;

    /// <summary>The writer has ended this direction, or what it writes gets lost: the reader sees the end behind what was on its way.</summary>
    public bool HalfClosed { get; private set; }

    /// <summary>Puts bytes on the wire.</summary>
    public void Send(ReadOnlySpan<byte> bytes, long now)
    {
        if (HalfClosed)
        {
            return;
        }

        _bytes.Write(bytes);
        for (int left = bytes.Length; left > 0;)
        {
            int count = faults.Fragments ? Math.Min(left, 1 + random.Next(random.Next(4) == 0 ? 5 : 4000)) : left;
            _lastDue = Math.Max(_lastDue, now + TimeSpan.FromMilliseconds(random.Next(1, 80)).Ticks);
            _pieces.Enqueue((_lastDue, count));
            left -= count;
        }
    }

    /// <summary>Holds everything up for a while.</summary>
    public void Stall(long until) => _stalledUntil = Math.Max(_stalledUntil, until);

    /// <summary>Nothing more gets through behind what is on its way.</summary>
    public void HalfClose() => HalfClosed = true;

    /// <summary>What has arrived by now, valid until more is sent; half of the time several pieces at once.</summary>
    public ReadOnlySpan<byte> Receive(long now)
    {
        if (now < _stalledUntil || !_pieces.TryPeek(out (long Due, int Count) first) || first.Due > now)
        {
            return default;
        }

        int arrived = 0;
        do
        {
            arrived += _pieces.Dequeue().Count;
        }
        while (random.Next(2) == 0 && _pieces.TryPeek(out first) && first.Due <= now);
        return Take(arrived);
    }

    /// <summary>The connection is cut: of what is under way a random part still arrives.</summary>
    public ReadOnlySpan<byte> Cut()
    {
        _pieces.Clear();
        ReadOnlySpan<byte> rest = Take(Pending);
        return rest[..random.Next(rest.Length + 1)];
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        ReadOnlySpan<byte> taken = _bytes.WrittenSpan.Slice(_read, count);
        _read += count;
        if (_read == _bytes.WrittenCount)
        {
            // The bytes stay where they are until the next are sent.
            _bytes.ResetWrittenCount();
            _read = 0;
        }

        return taken;
    }
}
