using System.Net.Sockets;
using System.Text;
using Railgun.Hosting.Configuration;

namespace Railgun.Hosting.Commands;

/// <summary>Asks an admin endpoint. HTTP/1.0 (RFC 1945) is all it takes: the answer ends with the connection.</summary>
internal static class AdminClient
{
    private const int MaxAnswer = 16 * 1024 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>The body of the answer to a GET.</summary>
    /// <exception cref="SocketException">Nobody listens there.</exception>
    /// <exception cref="IOException">The answer is no 200, too long, or broken.</exception>
    /// <exception cref="OperationCanceledException">No answer within 5 seconds.</exception>
    public static async Task<byte[]> GetAsync(ListenAddress address, string path, CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(Patience);
        using var client = new TcpClient();
        await client.ConnectAsync(address.ToEndPoint(), patience.Token);
        NetworkStream stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"GET {path} HTTP/1.0\r\nHost: {address}\r\n\r\n"), patience.Token);

        var answer = new MemoryStream();
        byte[] buffer = new byte[16 * 1024];
        for (int read; (read = await stream.ReadAsync(buffer, patience.Token)) > 0;)
        {
            answer.Write(buffer, 0, read);
            if (answer.Length > MaxAnswer)
            {
                throw new IOException("The answer is too long.");
            }
        }

        return BodyOf(answer.GetBuffer().AsSpan(0, (int)answer.Length)).ToArray();
    }

    private static ReadOnlySpan<byte> BodyOf(ReadOnlySpan<byte> answer)
    {
        int headEnd = answer.IndexOf("\r\n\r\n"u8);
        if (headEnd < 0 || !answer.StartsWith("HTTP/1."u8))
        {
            throw new IOException("What answers there is no web server.");
        }

        ReadOnlySpan<byte> status = answer[..answer.IndexOf("\r\n"u8)];
        if (status.IndexOf(" 200"u8) < 0)
        {
            throw new IOException($"It answers: {Encoding.ASCII.GetString(status)}.");
        }

        return answer[(headEnd + 4)..];
    }
}
