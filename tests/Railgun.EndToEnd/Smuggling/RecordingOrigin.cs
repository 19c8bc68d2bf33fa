using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Railgun.EndToEnd.Smuggling;

/// <summary>An origin of HTTP/1.1 that writes down what comes, byte for byte, and answers each request that is whole.</summary>
internal sealed class RecordingOrigin : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentQueue<string> _whole = new();
    private readonly ConcurrentQueue<string> _heads = new();
    private readonly Task _accepting;

    /// <summary>Starts it on a free port.</summary>
    public RecordingOrigin()
    {
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>Where it answers.</summary>
    public Uri Address => new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/"));

    /// <summary>Takes the heads that have come since the last call.</summary>
    public IReadOnlyList<string> TakeHeads() => Take(_heads);

    /// <summary>Takes the requests, head and body, that have come whole since the last call.</summary>
    public IReadOnlyList<string> TakeWhole() => Take(_whole);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _accepting;
    }

    private static List<string> Take(ConcurrentQueue<string> queue)
    {
        var taken = new List<string>();
        while (queue.TryDequeue(out string? next))
        {
            taken.Add(next);
        }

        return taken;
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(await _listener.AcceptSocketAsync());
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Stopped.
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        await using var stream = new NetworkStream(socket, ownsSocket: true);
        var text = new StringBuilder();
        byte[] buffer = new byte[16 * 1024];
        bool headSeen = false;
        try
        {
            for (int read; (read = await stream.ReadAsync(buffer)) > 0;)
            {
                text.Append(Encoding.Latin1.GetString(buffer, 0, read));
                while (await TakeRequestAsync(text, stream, headSeen) is { } step && (headSeen = step.HeadSeen || step.Whole))
                {
                    headSeen = !step.Whole;
                    if (!step.Whole)
                    {
                        break;
                    }
                }
            }
        }
        catch (IOException)
        {
            // The sender broke off.
        }
    }

    // Null where not even the head is there.
    private async Task<(bool HeadSeen, bool Whole)?> TakeRequestAsync(StringBuilder text, NetworkStream stream, bool headSeen)
    {
        string all = text.ToString();
        int end = all.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        if (end < 0)
        {
            return null;
        }

        string head = all[..(end + 2)];
        if (!headSeen)
        {
            _heads.Enqueue(head);
        }

        int length = LengthOf(head, all, end + 4);
        if (length < 0)
        {
            return (true, false);
        }

        _whole.Enqueue(all[..length]);
        text.Remove(0, length);
        await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"u8.ToArray());
        return (true, true);
    }

    // The length of the request's text; negative where it is not all there.
    private static int LengthOf(string head, string all, int body)
    {
        if (head.Contains("\r\nTransfer-Encoding: chunked\r\n", StringComparison.OrdinalIgnoreCase))
        {
            int last = all.IndexOf("0\r\n\r\n", body, StringComparison.Ordinal);
            return last < 0 ? -1 : last + 5;
        }

        string? length = head.Split("\r\n").FirstOrDefault(line => line.StartsWith("Content-Length: ", StringComparison.OrdinalIgnoreCase));
        int end = body + (length is null ? 0 : int.Parse(length.AsSpan(16), CultureInfo.InvariantCulture));
        return end <= all.Length ? end : -1;
    }
}
