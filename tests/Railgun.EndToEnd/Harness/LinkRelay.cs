using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Railgun.EndToEnd.Harness;

/// <summary>Carries the link's connections from the sender to the listener, and notes in which direction bytes went, in order.</summary>
internal sealed class LinkRelay : IAsyncDisposable
{
    private readonly TcpListener _accepting = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly StringBuilder _turns = new();
    private readonly List<Task> _carrying = [];
    private readonly List<Socket> _open = [];
    private readonly Task _accepts;

    /// <summary>Relays to the listener's port for the link.</summary>
    public LinkRelay(int listener)
    {
        _accepting.Start();
        _accepts = AcceptAsync(listener);
    }

    /// <summary>Where the sender dials.</summary>
    public string Address => $"127.0.0.1:{((IPEndPoint)_accepting.LocalEndpoint).Port}";

    /// <summary>The directions since the last call: <c>^</c> from the listener to the sender, <c>v</c> back; once for each turn.</summary>
    public string TakeTurns()
    {
        lock (_turns)
        {
            string turns = _turns.ToString();
            _turns.Clear();
            return turns;
        }
    }

    /// <summary>Breaks every connection off, as a line does that is cut. New ones are carried again.</summary>
    public void Cut()
    {
        lock (_open)
        {
            foreach (Socket socket in _open)
            {
                socket.Close(0);
            }

            _open.Clear();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _accepting.Stop();
        await _accepts;
        Task[] carrying;
        lock (_carrying)
        {
            carrying = [.. _carrying];
        }

        await Task.WhenAll(carrying);
        _stopping.Dispose();
    }

    private async Task AcceptAsync(int listener)
    {
        try
        {
            while (true)
            {
                Socket sender = await _accepting.AcceptSocketAsync(_stopping.Token);
                lock (_carrying)
                {
                    _carrying.Add(CarryAsync(sender, listener));
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }

    private async Task CarryAsync(Socket sender, int listener)
    {
        using (sender)
        using (var there = new Socket(SocketType.Stream, ProtocolType.Tcp))
        {
            try
            {
                await there.ConnectAsync(IPAddress.Loopback, listener, _stopping.Token);
                (sender.NoDelay, there.NoDelay) = (true, true);
                lock (_open)
                {
                    _open.AddRange([sender, there]);
                }

                await Task.WhenAny(PumpAsync(sender, there, 'v'), PumpAsync(there, sender, '^'));
            }
            catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
            {
                // The listener is not there, or the test is over: both sides see it.
            }
        }
    }

    private async Task PumpAsync(Socket from, Socket to, char direction)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            int read;
            while ((read = await from.ReceiveAsync(buffer, _stopping.Token)) > 0)
            {
                Note(direction);
                await to.SendAsync(buffer.AsMemory(0, read), _stopping.Token);
            }
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // One side has closed: the other is closed too.
        }
    }

    private void Note(char direction)
    {
        lock (_turns)
        {
            if (_turns.Length == 0 || _turns[^1] != direction)
            {
                _turns.Append(direction);
            }
        }
    }
}
