using Railgun.Protocol.Heads;
using Railgun.Protocol.Transport;
using Railgun.Sender.Origin;

namespace Railgun.Sender.Exchanges;

/// <summary>The body of an exchange's request, for the origin (step 5).</summary>
internal sealed class ExchangeBody : IRequestBody
{
    private readonly SenderExchange _exchange;
    private readonly bool _awaitsContinue;
    private RequestEvent? _first;
    private ValueTask<RequestEvent> _pending;
    private bool _isPending;

    private ExchangeBody(SenderExchange exchange)
    {
        _exchange = exchange;
        _awaitsContinue = Lists.Contain(exchange.Head.Fields, "Expect", "100-continue");
        Length = long.TryParse(
            exchange.Head.Fields.First("Content-Length"), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out long length)
            ? length
            : null;
    }

    /// <inheritdoc/>
    public long? Length { get; }

    /// <summary>
    /// The body of <paramref name="exchange"/>, or null where there is none. A body that has ended already without a byte is none: an HTTP/2 client may say
    /// so only after its head, and some origins dislike a GET with an empty chunked body.
    /// </summary>
    public static ExchangeBody? Of(SenderExchange exchange)
    {
        if (!exchange.HasBody)
        {
            return null;
        }

        ExchangeBody body = new(exchange);
        if (body.Length is not null || exchange.Head.Protocol is not null)
        {
            return body;
        }

        ValueTask<RequestEvent> first = exchange.ReadAsync(exchange.Aborted);
        if (!first.IsCompletedSuccessfully)
        {
            (body._pending, body._isPending) = (first, true);
            return body;
        }

        body._first = first.Result;
        return body._first.Value.Kind == RequestEventKind.End ? null : body;
    }

    /// <inheritdoc/>
    public void Wanted()
    {
        if (_awaitsContinue)
        {
            _exchange.SendInformational(new ResponseHead { Status = StatusCodes.Status100Continue });
        }
    }

    /// <inheritdoc/>
    public ValueTask<RequestEvent> ReadAsync(CancellationToken cancellation)
    {
        if (_first is { } first)
        {
            _first = null;
            return ValueTask.FromResult(first);
        }

        if (_isPending)
        {
            _isPending = false;
            return _pending;
        }

        return _exchange.ReadAsync(cancellation);
    }

    /// <inheritdoc/>
    public void Taken(int bytes) => _exchange.Consumed(bytes);

    /// <summary>Gives back what was read ahead and never asked for, with its credit, which the lane would miss for good; also what may still come of a read under way.</summary>
    public void Drop()
    {
        if (_first is { } first)
        {
            _first = null;
            Drop(first);
        }

        if (_isPending)
        {
            _isPending = false;
            _ = DropAsync(_pending);
        }
    }

    private async Task DropAsync(ValueTask<RequestEvent> pending)
    {
        try
        {
            Drop(await pending);
        }
        catch (OperationCanceledException)
        {
            // Nothing came.
        }
    }

    private void Drop(in RequestEvent next)
    {
        if (next.Kind == RequestEventKind.Data)
        {
            int length = next.Data.Length;
            next.Data.Dispose();
            _exchange.Consumed(length);
        }
    }
}
