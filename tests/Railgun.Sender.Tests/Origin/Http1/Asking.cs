using System.Net;
using System.Net.Sockets;
using Railgun.Protocol.Heads;
using Railgun.Sender.Origin;
using Railgun.Sender.Origin.Http1;

namespace Railgun.Sender.Tests.Origin.Http1;

/// <summary>What the tests of the HTTP/1.1 client have in common.</summary>
internal static class Asking
{
    public static RequestHead Head(string method, string target = "/", params (string Name, string Value)[] fields)
    {
        RequestHead head = new() { Method = method, Scheme = "https", Authority = "shop.example", Target = target };
        foreach ((string name, string value) in fields)
        {
            head.Fields.Add(name, value);
        }

        return head;
    }

    public static Http1Origin Make(int port, OriginOptions? options = null, TimeProvider? time = null) =>
        new(new OriginAddress("127.0.0.1", port, Tls: false), options ?? new OriginOptions(), time ?? TimeProvider.System);

    /// <summary>A client whose connections are cut: see <see cref="CutStream"/>.</summary>
    public static Http1Origin MakeCut(int port, int first) => new(
        new OriginAddress("127.0.0.1", port, Tls: false),
        new OriginOptions(),
        TimeProvider.System,
        async cancellation =>
        {
            Socket socket = new(SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(IPAddress.Loopback, port, cancellation);
            return (socket, new CutStream(new NetworkStream(socket), first));
        });

    public static async Task<Answer> AskAsync(this IOrigin origin, RequestHead head, IRequestBody? body = null)
    {
        await using IOriginExchange exchange = origin.Ask(head, body, CancellationToken.None);
        return await Answer.ReadAsync(exchange);
    }

    /// <summary>Asks an origin that answers with these bytes and closes.</summary>
    public static async Task<Answer> AnsweredAsync(string response, string method = "GET", bool close = true)
    {
        await using RawOrigin raw = new(async connection =>
        {
            await connection.ReadHeadAsync();
            await connection.WriteAsync(response);
            if (!close)
            {
                await connection.ReadToEndAsync();
            }
        });
        using Http1Origin origin = Make(raw.Port);
        return await origin.AskAsync(Head(method));
    }
}
