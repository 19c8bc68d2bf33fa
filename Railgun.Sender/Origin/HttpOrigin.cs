using System.Net;
using System.Text;
using Railgun.Protocol.Engine;
using Railgun.Protocol.Heads;

namespace Railgun.Sender.Origin;

/// <summary>
/// The origin behind the platform's HTTP client, with everything in it turned off that would change a message. What it can't do: tell of
/// informational responses other than 100 and 101, send request trailers, and, over HTTP/1.1, read the response while the request's body still runs.
/// </summary>
internal sealed class HttpOrigin : IOrigin
{
    private readonly OriginAddress _address;
    private readonly OriginOptions _options;
    private readonly TimeProvider _time;
    private readonly OriginFault _fault;
    private readonly OriginConnector _connector;
    private readonly HttpMessageInvoker _pooled;
    private readonly Lazy<HttpMessageInvoker> _asterisk;

    /// <summary>Makes the client; connects when first asked.</summary>
    public HttpOrigin(OriginAddress address, OriginOptions options, TimeProvider time)
    {
        _address = address;
        _options = options;
        _time = time;
        _fault = new OriginFault(address, options);
        _connector = new OriginConnector(address, options, time);
        _pooled = new HttpMessageInvoker(MakeHandler(options.ConnectionLifetime, async (_, cancellation) => new OriginStream(await _connector.ConnectAsync(cancellation))));
        _asterisk = new Lazy<HttpMessageInvoker>(() => new HttpMessageInvoker(MakeHandler(
            TimeSpan.Zero, async (_, cancellation) => new AsteriskStream(await _connector.ConnectAsync(cancellation)))));
    }

    /// <inheritdoc/>
    public IOriginExchange Ask(RequestHead head, IRequestBody? body, CancellationToken abandoned)
    {
        Deadline deadline = new(_time, abandoned);
        bool asterisk = head.Target == OriginTarget.Asterisk && head.Method == "OPTIONS" && _options.Protocol == OriginProtocol.Http11;
        if (!OriginTarget.TryMakeUrl(_address.Authority, asterisk ? "/*" : head.Target, out Uri? url))
        {
            return Refuse("the request target is not in origin-form", deadline);
        }

        PulledContent? content = body is null || head.Protocol is not null ? null : new PulledContent(body, deadline, _options.HeadTimeout);
        if (!OriginRequest.TryMake(head, url, _options.Protocol, content, out HttpRequestMessage? message, out string? reason))
        {
            return Refuse(reason!, deadline);
        }

        HttpOriginExchange exchange = new(_options, _fault, deadline, message, head.Protocol is null ? null : body);
        exchange.Begin(asterisk ? _asterisk.Value : _pooled);
        return exchange;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _pooled.Dispose();
        if (_asterisk.IsValueCreated)
        {
            _asterisk.Value.Dispose();
        }
    }

    private static RefusedExchange Refuse(string reason, Deadline deadline)
    {
        deadline.Dispose();
        return new RefusedExchange(OriginFault.Unsendable(reason));
    }

    private SocketsHttpHandler MakeHandler(TimeSpan lifetime, Func<SocketsHttpConnectionContext, CancellationToken, ValueTask<Stream>> connect) => new()
    {
        ConnectCallback = connect,
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        UseCookies = false,
        UseProxy = false,
        ActivityHeadersPropagator = null,
        // The connector keeps the time; this only has to be no shorter.
        ConnectTimeout = Timeout.InfiniteTimeSpan,
        PooledConnectionLifetime = lifetime,
        PooledConnectionIdleTimeout = _options.IdleTimeout,
        EnableMultipleHttp2Connections = true,
        MaxResponseHeadersLength = Limits.MaxHead / 1024,
        MaxResponseDrainSize = 64 * 1024,
        RequestHeaderEncodingSelector = static (_, _) => Encoding.Latin1,
        ResponseHeaderEncodingSelector = static (_, _) => Encoding.Latin1,
    };
}
