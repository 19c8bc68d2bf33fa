using System.Net.Sockets;
using Railgun.Protocol.Heads;

namespace Railgun.Sender.Origin.Http1;

/// <summary>
/// An origin that speaks HTTP/1.1, asked by a client of our own: 1xx and trailers pass, both directions run at once, lines keep order and case, and what could be
/// read in two ways is refused, which the platform's client does not do.
/// </summary>
internal sealed class Http1Origin : IOrigin
{
    private readonly Http1Tools _tools;

    /// <summary>Makes the client; connects when first asked.</summary>
    public Http1Origin(OriginAddress address, OriginOptions options, TimeProvider time)
        : this(address, options, time, new OriginConnector(address, options, time).OpenAsync)
    {
    }

    /// <summary>Makes the client with a way of its own to connect.</summary>
    public Http1Origin(
        OriginAddress address, OriginOptions options, TimeProvider time, Func<CancellationToken, ValueTask<(Socket Socket, Stream Stream)>> connect)
    {
        ConnectionPool pool = new(connect, options, time);
        _tools = new Http1Tools(address, options, new OriginFault(address, options), pool, time);
    }

    /// <inheritdoc/>
    public IOriginExchange Ask(RequestHead head, IRequestBody? body, CancellationToken abandoned)
    {
        if (RequestText.Problem(head, body) is { } problem)
        {
            return new RefusedExchange(OriginFault.Unsendable(problem));
        }

        Http1Exchange exchange = new(_tools, head, body, new Deadline(_tools.Time, abandoned));
        exchange.Begin();
        return exchange;
    }

    /// <inheritdoc/>
    public void Dispose() => _tools.Pool.Dispose();
}
