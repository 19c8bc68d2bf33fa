using System.Buffers;
using Microsoft.AspNetCore.Http.Features;
using Railgun.Listener.Clients;
using Railgun.Protocol.Engine;
using Yarp.ReverseProxy;
using Yarp.ReverseProxy.Model;

namespace Railgun.Listener.Forwarding;

/// <summary>
/// Refuses targets whose dot segments could change their route. Routes are matched against the path without them, as Kestrel takes them out, while the origin gets the target
/// as it was sent, and may read it otherwise (RFC 3986 section 5.2.4). Where no route looks at paths, they pass. Step 2 of a request's life.
/// </summary>
/// <param name="proxy">The routes.</param>
internal sealed class DotSegments(IProxyStateLookup proxy)
{
    private static readonly SearchValues<char> SlashChars = SearchValues.Create("/\\%");

    private static readonly Fault Refused = new(Stage.Client, ResetCode.Refused, "dot segments in the target could change its route");

    /// <summary>Handles one request.</summary>
    public Task InvokeAsync(HttpContext http, RequestDelegate next)
    {
        ClientRequest client = http.Features.GetRequiredFeature<ClientRequest>();
        if (!CouldChangeTheRoute(client.RawTarget))
        {
            return next(http);
        }

        client.Fault = Refused;
        return OwnAnswer.Of(Refused, client.ExchangeId).WriteAsync(http.Response, http.RequestAborted);
    }

    /// <summary>
    /// Whether a segment of the target's path is <c>.</c> or <c>..</c>, plainly or percent-encoded. For some origins a segment also ends at an encoded slash, at a backslash, or at
    /// the <c>;</c> before its parameters.
    /// </summary>
    public static bool IsIn(string target)
    {
        int query = target.IndexOf('?', StringComparison.Ordinal);
        ReadOnlySpan<char> path = query < 0 ? target : target.AsSpan(0, query);
        while (true)
        {
            int dots = TakeDots(ref path);
            if (dots is 1 or 2 && (path.IsEmpty || path[0] == ';' || SlashAt(path) > 0))
            {
                return true;
            }

            if (!TryPassSlash(ref path))
            {
                return false;
            }
        }
    }

    private bool CouldChangeTheRoute(string target)
    {
        if (!IsIn(target))
        {
            return false;
        }

        foreach (RouteModel route in proxy.GetRoutes())
        {
            if (!TakesEveryPath(route.Config.Match.Path))
            {
                return true;
            }
        }

        return false;
    }

    private static int TakeDots(ref ReadOnlySpan<char> path)
    {
        for (int dots = 0; ; dots++)
        {
            int length = path.StartsWith('.') ? 1 : path.StartsWith("%2e", StringComparison.OrdinalIgnoreCase) ? 3 : 0;
            if (length == 0)
            {
                return dots;
            }

            path = path[length..];
        }
    }

    /// <summary>Goes on behind the next slash; false if there is none.</summary>
    private static bool TryPassSlash(ref ReadOnlySpan<char> path)
    {
        for (int next = path.IndexOfAny(SlashChars); next >= 0; next = path.IndexOfAny(SlashChars))
        {
            path = path[next..];
            int length = SlashAt(path);
            path = path[Math.Max(1, length)..];
            if (length > 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>How many chars the slash takes that stands in front; 0 if none does.</summary>
    private static int SlashAt(ReadOnlySpan<char> path) =>
        path[0] is '/' or '\\' ? 1
        : path.StartsWith("%2f", StringComparison.OrdinalIgnoreCase) || path.StartsWith("%5c", StringComparison.OrdinalIgnoreCase) ? 3
        : 0;

    /// <summary>Whether a route's pattern is nothing but a catch-all, such as <c>{**rest}</c>.</summary>
    private static bool TakesEveryPath(string? pattern)
    {
        ReadOnlySpan<char> bare = pattern.AsSpan().TrimStart('/');
        return bare.IsEmpty ? pattern is null : bare.StartsWith("{*") && bare.IndexOf('}') == bare.Length - 1 && !bare.ContainsAny(":=");
    }
}
