using System.Net.Sockets;
using System.Text;

namespace Railgun.Listener.Tests.Support;

/// <summary>A client that says exactly what it is told, byte for byte (Latin-1).</summary>
internal sealed class RawClient : IDisposable
{
    private readonly TcpClient _tcp;
    private readonly NetworkStream _stream;

    private RawClient(TcpClient tcp)
    {
        _tcp = tcp;
        _stream = tcp.GetStream();
    }

    public static async Task<RawClient> ConnectAsync(Uri endpoint, int? receiveBuffer = null)
    {
        var tcp = new TcpClient();
        if (receiveBuffer is { } size)
        {
            tcp.ReceiveBufferSize = size;
        }

        await tcp.ConnectAsync(endpoint.Host, endpoint.Port);
        return new RawClient(tcp);
    }

    public Task SendAsync(string text) => _stream.WriteAsync(Encoding.Latin1.GetBytes(text)).AsTask();

    /// <summary>Reads until the text holds <paramref name="end"/>.</summary>
    public async Task<string> ReadUntilAsync(string end)
    {
        var text = new StringBuilder();
        byte[] buffer = new byte[4096];
        while (!text.ToString().Contains(end, StringComparison.Ordinal))
        {
            int read = await _stream.ReadAsync(buffer).AsTask().WaitAsync(Patience.Limit);
            if (read == 0)
            {
                break;
            }

            text.Append(Encoding.Latin1.GetString(buffer, 0, read));
        }

        return text.ToString();
    }

    /// <summary>Reads all that comes.</summary>
    public async Task<string> ReadToEndAsync()
    {
        var text = new StringBuilder();
        byte[] buffer = new byte[65_536];
        while (await ReadAsync(buffer) is > 0 and var read)
        {
            text.Append(Encoding.Latin1.GetString(buffer, 0, read));
        }

        return text.ToString();
    }

    /// <summary>Reads some bytes; 0 at the end, also if the connection was reset.</summary>
    public async Task<int> ReadAsync(byte[] buffer)
    {
        try
        {
            return await _stream.ReadAsync(buffer).AsTask().WaitAsync(Patience.Limit);
        }
        catch (IOException)
        {
            return 0;
        }
    }

    public void Dispose() => _tcp.Dispose();
}
