using Railgun.Protocol.Engine;
using Railgun.Protocol.Heads;
using Railgun.Protocol.Transport;

namespace Railgun.Protocol.Tests.Transport;

/// <summary>Answers with the request's body, or with as many zeros as the target's number says.</summary>
internal sealed class EchoHandler : IExchangeHandler
{
    public async Task HandleAsync(SenderExchange exchange)
    {
        var head = new ResponseHead { Status = 200 };
        head.Fields.Add("X-Target", exchange.Head.Target);
        exchange.SendHead(head, BodyCoding.AsItIs);
        if (!exchange.HasBody)
        {
            byte[] body = new byte[int.Parse(exchange.Head.Target.AsSpan(1), null)];
            await exchange.SendDataAsync(body, exchange.Aborted);
            exchange.End();
            return;
        }

        while (true)
        {
            RequestEvent next = await exchange.ReadAsync(exchange.Aborted);
            if (next.Kind != RequestEventKind.Data)
            {
                exchange.End(next.Trailers);
                return;
            }

            await exchange.SendDataAsync(next.Data.Memory, exchange.Aborted);
            exchange.Consumed(next.Data.Length);
            next.Data.Dispose();
            exchange.Flush();
        }
    }
}
