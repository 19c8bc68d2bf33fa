using System.Net.Sockets;
using System.Text;

namespace Railgun.Sender.Tests.Origin;

/// <summary>The scripted origin's end of one connection, byte by byte.</summary>
internal sealed class RawConnection(Socket socket, CancellationToken cancellation) : IDisposable
{
    private readonly NetworkStream _stream = new(socket, ownsSocket: true);

    /// <summary>Reads up to and with the empty line; empty when the client closed instead.</summary>
    public async Task<string> ReadHeadAsync()
    {
        byte[] one = new byte[1];
        StringBuilder head = new();
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await _stream.ReadAsync(one, cancellation) == 0)
            {
                return "";
            }

            head.Append((char)one[0]);
        }

        return head.ToString();
    }

    public async Task<byte[]> ReadAsync(int count)
    {
        byte[] bytes = new byte[count];
        await _stream.ReadExactlyAsync(bytes, cancellation);
        return bytes;
    }

    /// <summary>Reads what is there next, to the length of the buffer; 0 when the client closed.</summary>
    public ValueTask<int> ReadSomeAsync(byte[] buffer) => _stream.ReadAsync(buffer, cancellation);

    /// <summary>Waits until the client closes or resets the connection; tells how many bytes came before.</summary>
    public async Task<int> ReadToEndAsync()
    {
        byte[] buffer = new byte[4096];
        int total = 0;
        try
        {
            while (await _stream.ReadAsync(buffer, cancellation) is > 0 and int count)
            {
                total += count;
            }
        }
        catch (IOException)
        {
        }

        return total;
    }

    public Task WriteAsync(string latin1) => WriteAsync(Encoding.Latin1.GetBytes(latin1));

    public async Task WriteAsync(byte[] bytes) => await _stream.WriteAsync(bytes, cancellation);

    /// <summary>Cuts the connection so that the client sees a reset.</summary>
    public void Reset()
    {
        socket.LingerState = new LingerOption(true, 0);
        _stream.Dispose();
    }

    public void Dispose() => _stream.Dispose();
}
