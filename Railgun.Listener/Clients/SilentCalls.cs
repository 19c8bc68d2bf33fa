using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace Railgun.Listener.Clients;

/// <summary>
/// Which requests may be silent within their body, so that Kestrel's least rate does not hold for them: gRPC calls, whose clients may have nothing to say for minutes. But any
/// client can claim to make one, and what a request is must be known before its body is read; so there are only so many that no answer of an origin has shown to be gRPC.
/// Thread-safe. Step 1 of a request's life.
/// </summary>
internal sealed class SilentCalls
{
    /// <summary>The most calls at one time that may be silent though the origin has not answered yet; for others the least rate holds (<see cref="KestrelLimits"/>).</summary>
    public const int MaxUnproved = 512;

    private int _unproved;

    /// <summary>Lifts the least rate, if the request is a gRPC call by its head and there is room; null else.</summary>
    public SilentCall? Admit(HttpContext http)
    {
        if (!IsCall(http.Request) || http.Features.Get<IHttpMinRequestBodyDataRateFeature>() is not { } rate)
        {
            return null;
        }

        if (Interlocked.Increment(ref _unproved) > MaxUnproved)
        {
            Interlocked.Decrement(ref _unproved);
            return null;
        }

        rate.MinDataRate = null;
        return new SilentCall(this);
    }

    /// <summary>Whether a content type is that of gRPC.</summary>
    public static bool IsGrpc(string? contentType) => contentType?.StartsWith("application/grpc", StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>A call is proved, or over.</summary>
    internal void Leave() => Interlocked.Decrement(ref _unproved);

    /// <summary>As the protocol has it: POST over HTTP/2 by a client that takes trailers.</summary>
    private static bool IsCall(HttpRequest request) =>
        HttpProtocol.IsHttp2(request.Protocol) && HttpMethods.IsPost(request.Method) && IsGrpc(request.ContentType)
        && request.Headers.TE.ToString().Contains("trailers", StringComparison.OrdinalIgnoreCase);
}
