using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Railgun.EndToEnd.Transparency;

/// <summary>A client of HTTP/1.1 that writes what it is told and reads what comes, without an opinion.</summary>
internal sealed class H1Client : IDisposable
{
    private readonly NetworkStream _stream;
    private readonly byte[] _one = new byte[1];

    private H1Client(Socket socket)
    {
        Socket = socket;
        _stream = new NetworkStream(socket, ownsSocket: true);
    }

    /// <summary>The connection.</summary>
    public Socket Socket { get; }

    /// <summary>Connects.</summary>
    public static async Task<H1Client> ConnectAsync(Place place)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, place.Http);
        return new H1Client(socket);
    }

    /// <summary>Asks one question on a connection of its own and reads the answer to its end.</summary>
    public static async Task<Sight> AskAsync(Place place, string request, byte[]? body = null)
    {
        using H1Client client = await ConnectAsync(place);
        await client.SendAsync(request);
        if (body is not null)
        {
            await client.SendAsync(body);
        }

        return await client.ReadAnswerAsync(new Sight(), request.StartsWith("HEAD ", StringComparison.Ordinal));
    }

    /// <summary>Sends text, one byte a char.</summary>
    public ValueTask SendAsync(string latin1) => SendAsync(Encoding.Latin1.GetBytes(latin1));

    /// <summary>Sends bytes.</summary>
    public ValueTask SendAsync(byte[] bytes) => _stream.WriteAsync(bytes);

    /// <summary>Reads exactly so many bytes.</summary>
    public async Task<byte[]> ReadAsync(int count)
    {
        byte[] bytes = new byte[count];
        await _stream.ReadExactlyAsync(bytes);
        return bytes;
    }

    /// <summary>Reads to the end of the connection.</summary>
    public async Task<byte[]> ReadToEndAsync()
    {
        var bytes = new MemoryStream();
        try
        {
            await _stream.CopyToAsync(bytes);
        }
        catch (IOException)
        {
            // A reset ends it as well; the caller sees what came.
        }

        return bytes.ToArray();
    }

    /// <summary>Reads informational heads, the head, the body and the trailers.</summary>
    public async Task<Sight> ReadAnswerAsync(Sight sight, bool isHead = false)
    {
        (int status, List<(string Name, string Value)> fields) = await ReadHeadAsync();
        while (status is > 0 and < 200 and not 101)
        {
            sight.Add($"informational: {status}");
            sight.AddFields($"informational {status}", fields);
            (status, fields) = await ReadHeadAsync();
        }

        if (status == 0)
        {
            return sight.Add("end: closed without an answer");
        }

        sight.Add($"status: {status}");
        sight.AddFields("field", fields.Where(f => !IsOfConnection(f.Name)));
        await ReadBodyAsync(sight, status, fields, isHead);
        return sight;
    }

    /// <summary>Reads one head.</summary>
    public async Task<(int Status, List<(string Name, string Value)> Fields)> ReadHeadAsync()
    {
        if (await ReadLineAsync() is not { } status)
        {
            return (0, []);
        }

        var fields = new List<(string, string)>();
        while (await ReadLineAsync() is { Length: > 0 } line)
        {
            int colon = line.IndexOf(':', StringComparison.Ordinal);
            fields.Add((line[..colon], line[(colon + 1)..].Trim(' ', '\t')));
        }

        return (int.Parse(status.Split(' ')[1], CultureInfo.InvariantCulture), fields);
    }

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();

    private static bool IsOfConnection(string name) => name.ToLowerInvariant() is "connection" or "keep-alive" or "transfer-encoding";

    private async Task ReadBodyAsync(Sight sight, int status, List<(string Name, string Value)> fields, bool isHead)
    {
        if (isHead || status is 101 or 204 or 304)
        {
            sight.Add("framing: none");
            return;
        }

        var body = new MemoryStream();
        bool isChunked = Value(fields, "Transfer-Encoding") == "chunked";
        bool isWhole = isChunked ? await ReadChunksAsync(body, sight)
            : Value(fields, "Content-Length") is { } length ? await ReadSizedAsync(body, long.Parse(length, CultureInfo.InvariantCulture))
            : await ReadToCloseAsync(body);
        sight.Add(isChunked ? "framing: chunks" : Value(fields, "Content-Length") is null ? "framing: the connection's end" : "framing: length");
        sight.Add(isWhole ? "end: whole" : "end: broken off");
        if (isWhole)
        {
            sight.AddBody(body.ToArray(), Value(fields, "Content-Encoding"), Value(fields, "Content-Type"));
        }
    }

    private async Task<bool> ReadToCloseAsync(MemoryStream body)
    {
        body.Write(await ReadToEndAsync());
        return true;
    }

    private async Task<bool> ReadSizedAsync(MemoryStream body, long length)
    {
        byte[] buffer = new byte[64 * 1024];
        try
        {
            while (body.Length < length)
            {
                int read = await _stream.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, length - body.Length)));
                if (read == 0)
                {
                    return false;
                }

                body.Write(buffer, 0, read);
            }
        }
        catch (IOException)
        {
            return false;
        }

        return true;
    }

    private async Task<bool> ReadChunksAsync(MemoryStream body, Sight sight)
    {
        while (await ReadLineAsync() is { } size)
        {
            int length = int.Parse(size.Split(';')[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            if (length == 0)
            {
                var trailers = new List<(string, string)>();
                while (await ReadLineAsync() is { Length: > 0 } line)
                {
                    int colon = line.IndexOf(':', StringComparison.Ordinal);
                    trailers.Add((line[..colon], line[(colon + 1)..].Trim()));
                }

                sight.AddFields("trailer", trailers);
                return true;
            }

            if (!await ReadSizedAsync(body, body.Length + length))
            {
                return false;
            }

            await ReadLineAsync();
        }

        return false;
    }

    private static string? Value(List<(string Name, string Value)> fields, string name) =>
        fields.FirstOrDefault(f => f.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;

    private async Task<string?> ReadLineAsync()
    {
        var line = new StringBuilder();
        try
        {
            while (await _stream.ReadAsync(_one) == 1)
            {
                if (_one[0] == '\n')
                {
                    return line.ToString().TrimEnd('\r');
                }

                line.Append((char)_one[0]);
            }
        }
        catch (IOException)
        {
            // As if it had ended.
        }

        return null;
    }
}
