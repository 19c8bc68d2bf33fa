using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using Railgun.Protocol.Engine;
using Railgun.Protocol.Identity;

namespace Railgun.Protocol.Transport;

/// <summary>
/// The async shell of one lane: a reader and a writer carry bytes between a TLS connection and a <see cref="LaneEngine"/>. Step 3 and step 7 of a request's life.
/// </summary>
/// <remarks>The engine is touched under <see cref="Gate"/> only, which is never held over I/O. The writer encrypts one pull ahead, no more.</remarks>
internal sealed class Lane
{
    private const int ReadSize = 64 * 1024;

    private const int LeastPull = 4 * 1024;
    private const int MostPull = 4 * LaneOutbound.RecordSize;
    private const int LeastUnsent = 8 * 1024;
    private const int MostUnsent = 1024 * 1024;

    // While a connection begins its rate doubles each round trip: so much is written between two looks at it.
    private const int MeasureEvery = 64 * 1024;

    // What is urgent waits behind one pull and what the kernel has not sent: so many milliseconds of the line each. The kernel asks for more at half of it, and the writer may wait for the processor
    // some milliseconds: a queue that has run dry once in a round trip keeps BBR from seeing that the line is full, so that it goes on sending three times as fast as the line.
    private static readonly TimeSpan PullTime = TimeSpan.FromMilliseconds(4);
    private static readonly TimeSpan UnsentTime = TimeSpan.FromMilliseconds(20);

    private static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(2);

    private readonly LaneConnection _connection;
    private readonly ILaneOwner _owner;
    private readonly SteadyClock _clock;
    private readonly AsyncSignal _wake = new();
    private readonly LaneNews _tickNews = new();
    private readonly StartupEnd _startup = new();
    private readonly Lock _announcing = new();
    private bool _announced;
    private long _closedAt;
    private long _writtenThen;

    /// <summary>Makes the shell; <see cref="RunAsync"/> carries it.</summary>
    public Lane(LaneConnection connection, LaneEngine engine, ILaneOwner owner, SteadyClock clock)
    {
        _connection = connection;
        Engine = engine;
        _owner = owner;
        _clock = clock;
    }

    /// <summary>Held while the engine or one of its streams is touched.</summary>
    public Lock Gate { get; } = new();

    /// <summary>The engine; touch it under <see cref="Gate"/>.</summary>
    public LaneEngine Engine { get; }

    /// <summary>When hello was over, by the owner's clock; 0 before.</summary>
    public long OpenedAt { get; private set; }

    /// <summary>The other side's key.</summary>
    public Fingerprint Fingerprint => _connection.Fingerprint;

    /// <summary>The name under which the other side was trusted when hello was over; empty before.</summary>
    public string PeerName { get; set; } = "";

    /// <summary>The other side's address.</summary>
    public EndPoint? Remote => _connection.Remote;

    /// <summary>Bytes that crossed the connection so far, TLS included.</summary>
    public (long Received, long Sent) Bytes => (_connection.Counter.BytesRead, _connection.Counter.BytesWritten);

    /// <summary>The time, as the engine counts it.</summary>
    public long Now => _clock.Now;

    /// <summary>Call after the engine was given something to write.</summary>
    public void Wake() => _wake.Set();

    /// <summary>The congestion control of the connection; empty if that is not known.</summary>
    public string CongestionControl => _connection.Tcp.CongestionControl();

    /// <summary>What the connection sends without waiting for a round trip, even after silence, in bytes; 0 if that is not known.</summary>
    public long FirstFlight => _connection.Tcp.KeepsWindow ? _connection.Tcp.Rates().Window : 0;

    /// <summary>Breaks the connection off, as a line does that is cut.</summary>
    public void Abort() => _connection.Abort();

    /// <summary>Lets time pass. One caller at a time.</summary>
    public void Tick()
    {
        long now = Now;
        bool wake;
        bool over;
        lock (Gate)
        {
            Engine.Tick(now);
            Measure(Engine.Out.HasWaitingOutput, now);
            _tickNews.Collect(Engine);
            over = Engine.State == LaneState.Closed;
            wake = over || Engine.HasOutput;
        }

        Tell(_tickNews, wake);
        if (over)
        {
            AbortWhenStuck(now);
        }
    }

    /// <summary>Carries the lane until it has ended; returns why. The connection is closed then. Throws nothing.</summary>
    public async Task<LaneEnd> RunAsync()
    {
        Task reader = Task.Run(ReadLoopAsync);
        await WriteLoopAsync().ConfigureAwait(false);
        await _connection.CloseAsync(reader, CloseTimeout).ConfigureAwait(false);
        await reader.ConfigureAwait(false);
        LaneEnd end;
        lock (Gate)
        {
            end = Engine.End!;
            Engine.Dispose();
        }

        return end;
    }

    /// <summary>The kernel knows the line's rate from each acknowledgement; the writer's own measurement needs a backlog of some round trips.</summary>
    private void Measure(bool waits, long now)
    {
        long written = _connection.Counter.BytesWritten;
        bool active = written - _writtenThen > LaneEngine.BulkFrom / 4;
        _writtenThen = written;
        TcpRates rates = active || _startup.Holds ? _connection.Tcp.Rates() : default;
        if (rates.RoundTrip > TimeSpan.Zero)
        {
            _connection.Tcp.LimitPace(_startup.Limit(_connection.Tcp.Bbr(), rates, waits, written, now));
        }

        if (rates.Delivery > 0 && (rates.ByLine || rates.Delivery > Engine.Rate.BytesPerSecond))
        {
            Engine.Rate.Measured(rates.Delivery, now);
        }

        if (Engine.Rate.BytesPerSecond is { } known)
        {
            // While it looks for the line's rate the kernel sends faster than it has measured.
            double unsent = Math.Max(known, rates.Pacing) * UnsentTime.TotalSeconds;
            Engine.Out.PullBudget = (int)Math.Clamp(known * PullTime.TotalSeconds, LeastPull, MostPull);
            _connection.Tcp.LimitUnsent((int)Math.Clamp(unsent, LeastUnsent, MostUnsent));
        }
    }

    /// <summary>A peer that stopped reading holds the writer up, and it the end of the lane: where goodbye can't be said, the connection is broken off.</summary>
    private void AbortWhenStuck(long now)
    {
        if (_closedAt == 0)
        {
            _closedAt = now;
        }
        else if (now - _closedAt > CloseTimeout.Ticks)
        {
            _connection.Abort();
        }
    }

    private async Task ReadLoopAsync()
    {
        byte[] buffer = new byte[ReadSize];
        var news = new LaneNews();
        int untold = 0;
        bool wake = false;
        while (true)
        {
            ValueTask<int> reading = _connection.ReadAsync(buffer);
            if (untold > 0 && (untold >= ReadSize || !reading.IsCompleted))
            {
                // Not record by record while more is here already: each that is told takes a thread.
                Tell(news, wake);
                untold = 0;
            }

            string? broken = null;
            int count = 0;
            try
            {
                count = await reading.ConfigureAwait(false);
            }
            catch (Exception e) when (IsConnectionFault(e))
            {
                broken = $"the connection broke: {e.Message}";
            }

            lock (Gate)
            {
                if (count > 0)
                {
                    Engine.Receive(buffer.AsSpan(0, count), Now);
                }
                else
                {
                    Engine.Disconnected(broken ?? "the peer closed the connection");
                }

                news.Collect(Engine);
                wake = Engine.HasOutput || Engine.State == LaneState.Closed;
            }

            untold += count;
            if (count == 0)
            {
                Tell(news, wake);
                return;
            }
        }
    }

    private async Task WriteLoopAsync()
    {
        var news = new LaneNews();
        int written = 0;
        bool backlog = false;
        bool waits = false;
        while (true)
        {
            ReadOnlyMemory<byte> bytes;
            bool closed;
            lock (Gate)
            {
                long now = Now;
                if (written > 0)
                {
                    Engine.Rate.Wrote(written, backlog, Engine.KeepAlive.Shortest, now);
                }

                if (_connection.Counter.BytesWritten - _writtenThen >= MeasureEvery)
                {
                    Measure(waits, now);
                }

                bytes = Engine.Pull(now);
                (written, backlog, waits) = (bytes.Length, Engine.Out.HasStreamOutput, Engine.Out.HasWaitingOutput);
                news.Collect(Engine);
                closed = Engine.State == LaneState.Closed;
            }

            Tell(news, wake: false);
            if (bytes.IsEmpty)
            {
                if (closed)
                {
                    return;
                }

                await _wake.WaitAsync().ConfigureAwait(false);
                continue;
            }

            try
            {
                await _connection.WriteAsync(bytes).ConfigureAwait(false);
            }
            catch (Exception e) when (IsConnectionFault(e))
            {
                lock (Gate)
                {
                    Engine.Disconnected($"the connection broke: {e.Message}");
                }
            }
        }
    }

    private void Tell(LaneNews news, bool wake)
    {
        if (wake)
        {
            Wake();
        }

        if (news.Open && !Volatile.Read(ref _announced))
        {
            Announce();
        }

        foreach (StreamCore stream in news.Accepted)
        {
            _owner.StreamAccepted(this, stream);
        }

        foreach (StreamSignal signal in news.Signals)
        {
            signal.Driver.Signal(signal.Readable, signal.Writable);
        }

        news.Clear();
    }

    // Each loop may be the one that sees it first; none goes on to streams before the owner knows the lane.
    private void Announce()
    {
        lock (_announcing)
        {
            if (!_announced)
            {
                OpenedAt = Now;
                _owner.LaneOpened(this);
                Volatile.Write(ref _announced, true);
            }
        }
    }

    private static bool IsConnectionFault(Exception e) =>
        e is IOException or SocketException or AuthenticationException or ObjectDisposedException or InvalidOperationException;
}
