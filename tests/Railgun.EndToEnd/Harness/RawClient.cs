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
    public static async Task<Socket> SendAsync(int port, string target)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4096, NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, port);
        await socket.SendAsync(Encoding.ASCII.GetBytes($"GET {target} HTTP/1.1\r\nHost: raw.example\r\nConnection: close\r\n\r\n"));
        return socket;
    }
}
