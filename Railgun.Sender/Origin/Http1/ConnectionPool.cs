using System.Net.Sockets;

namespace Railgun.Sender.Origin.Http1;

/// <summary>
/// The connections to the origin: the one used last serves next, so that the others can go. Idle ones are closed after <see cref="OriginOptions.IdleTimeout"/>, and
/// none serves longer than <see cref="OriginOptions.ConnectionLifetime"/>. Thread-safe.
/// </summary>
internal sealed class ConnectionPool : IDisposable
{
    /// <summary>The most idle connections that are kept.</summary>
    public const int MaxIdle = 256;

    private readonly Lock _lock = new();
    private readonly List<OriginConnection> _idle = [];
    private readonly Func<CancellationToken, ValueTask<(Socket Socket, Stream Stream)>> _connect;
    private readonly OriginOptions _options;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _room;
    private readonly ITimer _sweep;
    private bool _disposed;

    /// <summary>Makes an empty pool.</summary>
    /// <param name="connect">Opens a connection.</param>
    /// <param name="options">The bounds.</param>
    /// <param name="time">The clock.</param>
    public ConnectionPool(Func<CancellationToken, ValueTask<(Socket Socket, Stream Stream)>> connect, OriginOptions options, TimeProvider time)
    {
        _connect = connect;
        _options = options;
        _time = time;
        _room = new SemaphoreSlim(options.Connections);
        TimeSpan often = options.IdleTimeout / 2;
        _sweep = time.CreateTimer(static pool => ((ConnectionPool)pool!).Sweep(), this, often, often);
    }

    /// <summary>A connection for one exchange.</summary>
    /// <param name="freshest">The longest that it may have been idle; zero for a new one.</param>
    /// <param name="cancellation">Breaks the wait off.</param>
    /// <exception cref="TimeoutException">Opening it took longer than <see cref="OriginOptions.ConnectTimeout"/>.</exception>
    /// <exception cref="PoolExhaustedException">All connections were in use for that long.</exception>
    public async ValueTask<OriginConnection> TakeAsync(TimeSpan freshest, CancellationToken cancellation)
    {
        if (!_room.Wait(0, CancellationToken.None))
        {
            await WaitForRoomAsync(cancellation);
        }

        try
        {
            if (TakeIdle(freshest) is { } idle)
            {
                return idle;
            }

            (Socket socket, Stream stream) = await _connect(cancellation);
            return new OriginConnection(socket, stream, _time.GetTimestamp());
        }
        catch
        {
            _room.Release();
            throw;
        }
    }

    /// <summary>Takes a connection back; one that can't serve again is closed.</summary>
    public void Return(OriginConnection connection, bool reusable)
    {
        bool keep = reusable && _time.GetElapsedTime(connection.Opened) < _options.ConnectionLifetime;
        if (keep)
        {
            connection.ReleaseBuffers();
            connection.Reused = true;
            connection.IdleSince = _time.GetTimestamp();
            lock (_lock)
            {
                keep = !_disposed && _idle.Count < MaxIdle;
                if (keep)
                {
                    _idle.Add(connection);
                }
            }
        }

        if (!keep)
        {
            connection.Dispose();
        }

        _room.Release();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        List<OriginConnection> idle;
        lock (_lock)
        {
            _disposed = true;
            idle = [.. _idle];
            _idle.Clear();
        }

        _sweep.Dispose();
        idle.ForEach(connection => connection.Dispose());
    }

    private async ValueTask WaitForRoomAsync(CancellationToken cancellation)
    {
        using CancellationTokenSource limit = new(_options.ConnectTimeout, _time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            await _room.WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new PoolExhaustedException();
        }
    }

    private OriginConnection? TakeIdle(TimeSpan freshest)
    {
        while (PopIdle() is { } connection)
        {
            TimeSpan idle = _time.GetElapsedTime(connection.IdleSince);
            if (idle < _options.IdleTimeout && _time.GetElapsedTime(connection.Opened) < _options.ConnectionLifetime && connection.IsQuiet())
            {
                if (idle < freshest)
                {
                    return connection;
                }

                // Those below were idle for longer.
                lock (_lock)
                {
                    _idle.Add(connection);
                }

                return null;
            }

            connection.Dispose();
        }

        return null;
    }

    private OriginConnection? PopIdle()
    {
        lock (_lock)
        {
            if (_idle.Count == 0)
            {
                return null;
            }

            OriginConnection last = _idle[^1];
            _idle.RemoveAt(_idle.Count - 1);
            return last;
        }
    }

    private void Sweep()
    {
        List<OriginConnection> over = [];
        lock (_lock)
        {
            for (int i = _idle.Count - 1; i >= 0; i--)
            {
                if (_time.GetElapsedTime(_idle[i].IdleSince) >= _options.IdleTimeout || !_idle[i].IsQuiet())
                {
                    over.Add(_idle[i]);
                    _idle.RemoveAt(i);
                }
            }
        }

        over.ForEach(connection => connection.Dispose());
    }
}
