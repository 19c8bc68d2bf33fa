using Railgun.Protocol.Engine;
using Railgun.Protocol.Heads;
using Railgun.Protocol.Transport;

namespace Railgun.Protocol.Tests.Transport;

/// <summary>Echoes, and does to each exchange that is over whatever can be done to one, while the next is being answered.</summary>
internal sealed class StaleHandler : IExchangeHandler
{
    private readonly EchoHandler _echo = new();
    private SenderExchange? _last;

    /// <summary>What a reader of an exchange that is over got last.</summary>
    public RequestEventKind? Read { get; private set; }

    public async Task HandleAsync(SenderExchange exchange)
    {
        if (_last is { } over)
        {
            await TouchAsync(over);
        }

        await _echo.HandleAsync(exchange);
        _last = exchange;
    }

    private async Task TouchAsync(SenderExchange over)
    {
        over.SendHead(new ResponseHead { Status = 500 }, BodyCoding.AsItIs);
        over.SendInformational(new ResponseHead { Status = 103 });
        await over.SendDataAsync("stale"u8.ToArray(), default);
        await over.SendSegmentAsync("stale"u8.ToArray(), "stale"u8.ToArray(), 1, default);
        over.Consumed(1 << 20);
        over.WantSignature(0);
        Read = (await over.ReadAsync(default)).Kind;
        over.Flush();
        over.End();
        over.Abort(Stage.Sender, ResetCode.Internal, "stale");
        await over.WrittenAsync();
    }
}
