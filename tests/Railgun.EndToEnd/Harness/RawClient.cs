using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Railgun.EndToEnd.Harness;

/// <summary>A client that writes its request by hand, where HttpClient would tidy it up or read too eagerly.</summary>
internal static class RawClient
{
    /// <summary>Sends a GET on a connection of its own and reads all of the answer.</summary>
    public static async Task<string> GetAsync(int port, string target)
    {
        using Socket socket = await SendAsync(port, target);
        return Encoding.Latin1.GetString(await ReadAllAsync(socket));
    }

    /// <summary>Reads until the other side closes.</summary>
    public static async Task<byte[]> ReadAllAsync(Socket socket)
    {
        await using var stream = new NetworkStream(socket);
        var answer = new MemoryStream();
        await stream.CopyToAsync(answer);
        return answer.ToArray();
    }

    /// <summary>Sends a GET and reads nothing: the socket's buffer is the smallest that the system gives.</summary>
    public static Task<Socket> SendAsync(int port, string target) =>
        SendTextAsync(port, $"GET {target} HTTP/1.1\r\nHost: raw.example\r\nConnection: close\r\n\r\n");

    /// <summary>Sends the head of an upload, and a part of its body.</summary>
    public static Task<Socket> BeginUploadAsync(int port, string target, int length, string part) =>
        SendTextAsync(port, string.Create(CultureInfo.InvariantCulture, $"POST {target} HTTP/1.1\r\nHost: raw.example\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n{part}"));

    /// <summary>Sends a text and reads nothing.</summary>
    public static async Task<Socket> SendTextAsync(int port, string text)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4096, NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, port);
        await socket.SendAsync(Encoding.ASCII.GetBytes(text));
        return socket;
    }

    /// <summary>Reads the answer, until the other side closes; what came before a reset counts.</summary>
    public static async Task<string> ReadTextAsync(Socket socket)
    {
        var answer = new StringBuilder();
        byte[] buffer = new byte[4096];
        try
        {
            while (await socket.ReceiveAsync(buffer) is > 0 and int read)
            {
                answer.Append(Encoding.Latin1.GetString(buffer, 0, read));
            }
        }
        catch (SocketException)
        {
            // Cut off.
        }

        return answer.ToString();
    }
}
