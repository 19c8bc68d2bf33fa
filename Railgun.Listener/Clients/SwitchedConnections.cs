using Microsoft.AspNetCore.Http.Features;
using Railgun.Listener.Startup;
using Railgun.Protocol.Engine;

namespace Railgun.Listener.Clients;

/// <summary>
/// How many requests may switch protocols (WebSocket, over HTTP/1.1 or HTTP/2) at one time: each holds an exchange for as long as its client likes. Counted before anybody is asked; Kestrel has a bound
/// for those of HTTP/1.1 only, and finds out when the origin has switched. Thread-safe. Step 1 of a request's life.
/// </summary>
/// <param name="clients">The bound.</param>
internal sealed class SwitchedConnections(ClientsOptions clients)
{
    private int _open;

    /// <summary>Whether a request wants to switch.</summary>
    public static bool Wants(HttpContext http) =>
        http.Features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true } || http.Features.Get<IHttpExtendedConnectFeature>() is { IsExtendedConnect: true };

    /// <summary>Whether its answer, whose head is known, switches.</summary>
    public static bool Has(HttpContext http) =>
        http.Response.StatusCode == StatusCodes.Status101SwitchingProtocols
        || (http.Response.StatusCode is >= 200 and < 300 && http.Features.Get<IHttpExtendedConnectFeature>() is { IsExtendedConnect: true });

    /// <summary>Takes a place. Null if there was one; else the answer.</summary>
    public OwnAnswer? TryEnter()
    {
        if (Interlocked.Increment(ref _open) <= clients.UpgradedConnections)
        {
            return null;
        }

        Leave();
        return new OwnAnswer(
            StatusCodes.Status503ServiceUnavailable,
            new Fault(Stage.Listener, ResetCode.LimitExceeded, $"{clients.UpgradedConnections} connections have switched protocols (clients.upgradedConnections)"),
            0);
    }

    /// <summary>Gives it back.</summary>
    public void Leave() => Interlocked.Decrement(ref _open);
}
