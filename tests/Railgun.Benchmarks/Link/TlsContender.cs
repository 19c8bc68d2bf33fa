using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using Railgun.Protocol.Identity;
using Railgun.Protocol.Transport;

namespace Railgun.Benchmarks.Link;

/// <summary>
/// A bare SslStream pair: what TLS on loopback gives at best. Exchanges are an echo of frames of fixed length; those that run at once are written and read in order, each batch
/// that waits in one write.
/// </summary>
internal sealed class TlsContender : IContender
{
    private readonly LaneConnection _near;
    private readonly LaneConnection _far;
    private readonly Task _echo;
    private readonly Queue<TaskCompletionSource> _waiting = new();
    private readonly Lock _lock = new();
    private readonly AsyncSignal _wake = new();
    private readonly Task _writer;
    private readonly Task _reader;
    private long _bulk;
    private TaskCompletionSource? _bulkDone;
    private int _toWrite;

    private TlsContender(LaneConnection near, LaneConnection far)
    {
        (_near, _far) = (near, far);
        _echo = Task.Run(EchoAsync);
        _writer = Task.Run(WriteAsync);
        _reader = Task.Run(ReadAsync);
    }

    /// <inheritdoc/>
    public string Name => "SslStream";

    /// <summary>Connects a pair.</summary>
    public static async Task<TlsContender> StartAsync(NodeIdentity identity)
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(listener.LocalEndPoint!);
        var near = new LaneConnection(socket);
        var far = new LaneConnection(await listener.AcceptAsync());
        near.Tcp.LimitUnsent(int.MaxValue / 2);
        far.Tcp.LimitUnsent(int.MaxValue / 2);
        await Task.WhenAll(near.DialAsync(identity, "localhost", default), far.AcceptAsync(identity, default));
        return new TlsContender(near, far);
    }

    /// <inheritdoc/>
    public async Task BulkAsync(long bytes)
    {
        byte[] chunk = new byte[Sizes.Chunk];
        _bulkDone = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Volatile.Write(ref _bulk, bytes);
        for (long left = bytes; left > 0; left -= chunk.Length)
        {
            await _far.Stream.WriteAsync(chunk.AsMemory(0, (int)Math.Min(left, chunk.Length)));
        }

        await _bulkDone.Task;
    }

    /// <inheritdoc/>
    public ValueTask ExchangeAsync()
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            _waiting.Enqueue(done);
            _toWrite++;
        }

        _wake.Set();
        return new ValueTask(done.Task);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _near.DisposeAsync();
        await _far.DisposeAsync();
        _toWrite = -1;
        _wake.Set();
        await Task.WhenAll(_echo, _writer, _reader);
    }

    private async Task WriteAsync()
    {
        byte[] batch = new byte[128 * Sizes.Small];
        while (true)
        {
            int count;
            lock (_lock)
            {
                count = Math.Min(_toWrite, batch.Length / Sizes.Small);
                _toWrite -= Math.Max(count, 0);
            }

            if (count < 0)
            {
                return;
            }

            if (count == 0)
            {
                await _wake.WaitAsync();
                continue;
            }

            await _near.Stream.WriteAsync(batch.AsMemory(0, count * Sizes.Small));
        }
    }

    private async Task ReadAsync()
    {
        byte[] buffer = new byte[Sizes.Chunk];
        int have = 0;
        try
        {
            while (await _near.Stream.ReadAsync(buffer) is > 0 and var count)
            {
                if (_bulk > 0)
                {
                    if ((_bulk -= count) <= 0)
                    {
                        _bulkDone!.SetResult();
                    }

                    continue;
                }

                for (have += count; have >= Sizes.Small; have -= Sizes.Small)
                {
                    TaskCompletionSource done;
                    lock (_lock)
                    {
                        done = _waiting.Dequeue();
                    }

                    done.SetResult();
                }
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // The benchmark is over.
        }
    }

    private async Task EchoAsync()
    {
        byte[] buffer = new byte[Sizes.Chunk];
        try
        {
            while (await _far.Stream.ReadAsync(buffer) is > 0 and var count)
            {
                await _far.Stream.WriteAsync(buffer.AsMemory(0, count));
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // The benchmark is over.
        }
    }
}
