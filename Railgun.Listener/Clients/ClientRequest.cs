using Microsoft.AspNetCore.Http.Features;
using Railgun.Hosting.Logging;
using Railgun.Listener.Rebuilding;
using Railgun.Protocol.Engine;
using Railgun.Protocol.Transport;
using Railgun.Protocol.Versions;

namespace Railgun.Listener.Clients;

/// <summary>
/// One client's request on its way through the listener: what was asked for, and what became of it. Step 1 of a request's life; it ends in the access log.
/// </summary>
/// <param name="http">The request and its response.</param>
/// <param name="time">The clock.</param>
internal sealed class ClientRequest(HttpContext http, TimeProvider time)
{
    /// <summary>Where the proxy's outgoing message carries this.</summary>
    public static readonly HttpRequestOptionsKey<ClientRequest> Key = new("railgun.request");

    private readonly long _began = time.GetTimestamp();
    private readonly string _method = http.Request.Method;
    private readonly string _authority = http.Request.Host.Value ?? "";
    private TimeSpan _firstByte;

    /// <summary>The request and its response.</summary>
    public HttpContext Http => http;

    /// <summary>The target as the client sent it, in origin-form or <c>*</c>; never normalised.</summary>
    public string RawTarget { get; } = Clients.RawTarget.Of(http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget);

    /// <summary>The target that the routes make of it: the same, unless a transform changes path or query.</summary>
    public string? RoutedTarget { get; set; }

    /// <summary>Whether the client is told what its response saved.</summary>
    public required bool TellsSaving { get; init; }

    /// <summary>The place of a call that may be silent within its body; null for other requests.</summary>
    public SilentCall? Silent { get; init; }

    /// <summary>Whether the response's head went out while its client still wanted it.</summary>
    public bool IsAnswered { get; private set; }

    /// <summary>Since the request's head.</summary>
    public TimeSpan Elapsed => time.GetElapsedTime(_began);

    /// <summary>The sender that was asked; null if none was.</summary>
    public string? Sender { get; private set; }

    /// <summary>The exchange on the link; null before the first and where none was opened. Reset by <see cref="EndAsync"/>.</summary>
    public ListenerExchange? Exchange { get; private set; }

    /// <summary>What became of the body.</summary>
    public BodyProgress Body { get; } = new();

    /// <summary>How the body was coded on the link.</summary>
    public BodyCoding Coding { get; set; } = BodyCoding.AsItIs;

    /// <summary>The base; default if there was none.</summary>
    public VersionName Base { get; set; }

    /// <summary>Why there was no base.</summary>
    public string NoBase { get; set; } = NoBaseReason.NoLink;

    /// <summary>Why no answer came; null if one did. What breaks a body stands in <see cref="Body"/>.</summary>
    public Fault? Fault { get; set; }

    /// <summary>Whether an exchange with the request's number was opened, and which.</summary>
    public ulong ExchangeId => Exchange?.Id ?? 0;

    /// <summary>Takes over an exchange that was opened with <paramref name="sender"/>; the one before is ended.</summary>
    public async ValueTask BeginExchangeAsync(ListenerExchange exchange, string sender)
    {
        await EndAsync();
        Exchange = exchange;
        Sender = sender;
    }

    /// <summary>The exchange is over: what has not ended is reset. Its number and its bytes can still be read.</summary>
    public ValueTask EndAsync() => Exchange?.DisposeAsync() ?? ValueTask.CompletedTask;

    /// <summary>The response's head goes out now.</summary>
    public void NoteFirstByte() => (_firstByte, IsAnswered) = (Elapsed, !http.RequestAborted.IsCancellationRequested);

    /// <summary>What the access log gets, once the response is complete.</summary>
    public AccessRecord ToRecord()
    {
        (long up, long down) = Exchange?.LinkBytes ?? default;
        return new AccessRecord
        {
            Id = ExchangeId,
            Peer = Sender,
            Client = http.Connection.RemoteIpAddress?.ToString(),
            Method = _method,
            Authority = _authority,
            Target = RawTarget,
            Status = http.Response.HasStarted ? http.Response.StatusCode : 0,
            BodyBytes = Body.Bytes,
            LinkUp = up,
            LinkDown = down,
            Codec = Coding.Codec,
            Base = Base,
            NoBase = Base.IsDefault ? NoBase : null,
            FirstByte = _firstByte,
            LastByte = Elapsed,
            Fault = Fault ?? Body.Fault,
        };
    }
}
