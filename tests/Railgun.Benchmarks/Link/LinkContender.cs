using System.Runtime.CompilerServices;
using Railgun.Protocol.Engine;
using Railgun.Protocol.Heads;
using Railgun.Protocol.Identity;
using Railgun.Protocol.Transport;

namespace Railgun.Benchmarks.Link;

/// <summary>One lane of a link: engines, lane shells, TLS; no store and no coder.</summary>
internal sealed class LinkContender : IContender, IExchangeHandler
{
    private static readonly byte[] SmallBody = new byte[Sizes.Small];
    private static readonly byte[] BulkBody = new byte[Sizes.Chunk];

    private readonly RequestHead _head = Head("POST", "/small");
    private LinkEnds _ends = null!;

    /// <inheritdoc/>
    public string Name => "one lane";

    /// <summary>The lane's snapshot on the sender's side.</summary>
    public LaneSnapshot Lane => _ends.Lane;

    /// <summary>Connects a listener and a sender.</summary>
    public static async Task<LinkContender> StartAsync(NodeIdentity identity, string directory)
    {
        var link = new LinkContender();
        link._ends = await LinkEnds.StartAsync(identity, directory, link);
        return link;
    }

    /// <inheritdoc/>
    public Task BulkAsync(long bytes) => RunAsync(Head("GET", $"/{bytes}"), hasBody: false).AsTask();

    /// <inheritdoc/>
    public ValueTask ExchangeAsync() => RunAsync(_head, hasBody: true);

    /// <inheritdoc/>
    public async Task HandleAsync(SenderExchange exchange)
    {
        if (exchange.HasBody)
        {
            await TakeBodyAsync(exchange);
            exchange.SendHead(Ok, BodyCoding.AsItIs);
            await exchange.SendDataAsync(SmallBody, default);
        }
        else
        {
            exchange.SendHead(Ok, BodyCoding.AsItIs);
            for (long left = long.Parse(exchange.Head.Target.AsSpan(1), null); left > 0; left -= BulkBody.Length)
            {
                await exchange.SendDataAsync(BulkBody.AsMemory(0, (int)Math.Min(left, BulkBody.Length)), exchange.Aborted);
            }
        }

        exchange.End();
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _ends.DisposeAsync();

    private static ResponseHead Ok { get; } = new() { Status = 200 };

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private static async ValueTask TakeBodyAsync(SenderExchange exchange)
    {
        while (await exchange.ReadAsync(default) is { Kind: RequestEventKind.Data } next)
        {
            exchange.Consumed(next.Data.Length);
            next.Data.Dispose();
        }
    }

    // What drives it is pooled, so that what is seen allocated is the link's own.
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask RunAsync(RequestHead head, bool hasBody)
    {
        await using ListenerExchange exchange = await _ends.Link.OpenAsync(head, hasBody, [], default);
        if (hasBody)
        {
            await exchange.WriteAsync(SmallBody, default);
            exchange.Complete();
        }

        while (true)
        {
            ResponseEvent next = await exchange.ReadAsync(default);
            switch (next.Kind)
            {
                case ResponseEventKind.Data:
                    exchange.Consumed(next.Data.Length);
                    next.Data.Dispose();
                    break;
                case ResponseEventKind.End:
                    return;
                case ResponseEventKind.Fault:
                    throw new IOException(next.Fault!.ToString());
            }
        }
    }

    private static RequestHead Head(string method, string target) => new() { Method = method, Scheme = "https", Authority = "localhost", Target = target };
}
