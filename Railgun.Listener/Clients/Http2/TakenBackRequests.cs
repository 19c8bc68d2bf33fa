using Microsoft.AspNetCore.Connections.Features;

namespace Railgun.Listener.Clients.Http2;

/// <summary>
/// Before everything else: a request of HTTP/2 that its client has taken back by now is not looked at, and a connection that takes back too many is closed. Else each would cost an
/// exchange on the link and a question to the origin. One that is broken off later, by the client (a stream that it has heard enough of) or by us, is no such request. Step 1 of a request's life.
/// </summary>
internal static class TakenBackRequests
{
    /// <summary>Handles one request.</summary>
    public static Task InvokeAsync(HttpContext http, RequestDelegate next) =>
        HttpProtocol.IsHttp2(http.Request.Protocol) && http.Features.Get<ConnectionAccount>() is { } account ? CountAsync(http, account, next) : next(http);

    private static async Task CountAsync(HttpContext http, ConnectionAccount account, RequestDelegate next)
    {
        CancellationToken gone = http.RequestAborted;
        try
        {
            if (!gone.IsCancellationRequested)
            {
                await next(http);
            }
        }
        finally
        {
            if (!gone.IsCancellationRequested)
            {
                account.Answered();
            }
            else if (http.Features.Get<ClientRequest>() is not { IsAnswered: true } && !account.TryTake(ConnectionAccount.TakenBack))
            {
                http.Features.Get<IConnectionLifetimeFeature>()?.Abort();
            }
        }
    }
}
