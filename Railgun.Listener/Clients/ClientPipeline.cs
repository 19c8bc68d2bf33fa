using Microsoft.AspNetCore.Http.Features;
using Railgun.Hosting.Logging;
using Railgun.Protocol.Engine;
using Yarp.ReverseProxy.Forwarder;

namespace Railgun.Listener.Clients;

/// <summary>
/// Around everything else that happens to a client's request: takes it in (step 1 of a request's life), and when its response is complete writes the access log.
/// </summary>
/// <param name="access">The access log.</param>
/// <param name="saving">Who is told what was saved.</param>
/// <param name="silent">Who may be silent within a body.</param>
/// <param name="fields">Looks at the fields.</param>
/// <param name="switched">How many may switch protocols.</param>
/// <param name="time">The clock.</param>
internal sealed class ClientPipeline(AccessLog access, SavingFields saving, SilentCalls silent, RequestFields fields, SwitchedConnections switched, TimeProvider time)
{
    /// <summary>Handles one request.</summary>
    public async Task InvokeAsync(HttpContext http, RequestDelegate next)
    {
        var client = new ClientRequest(http, time) { TellsSaving = saving.IsAllowed(http), Silent = silent.Admit(http) };
        http.Features.Set(client);
        access.Begin();
        http.Response.OnStarting(static state => Noted((ClientRequest)state), client);
        http.Response.OnCompleted(static state => Logged((Ending)state), new Ending(access, client));
        SwitchedPlace? place = null;
        try
        {
            OwnAnswer? refusal = RefusalOf(http, fields.Sweep(http));
            if (refusal is null && SwitchedConnections.Wants(http) && (refusal = switched.TryEnter()) is null)
            {
                place = new SwitchedPlace(switched);
                place.HoldFor(http);
            }

            await (refusal is null ? ServeAsync(client, next) : RefuseAsync(client, refusal));
        }
        finally
        {
            client.Silent?.Leave();
            place?.Leave();
            await client.EndAsync();
        }
    }

    private static async Task ServeAsync(ClientRequest client, RequestDelegate next)
    {
        HttpContext http = client.Http;
        await next(http);
        if (!http.Response.HasStarted && UnexplainedIn(client) is { } answer)
        {
            await answer.WriteAsync(http.Response, http.RequestAborted);
        }
    }

    private static Task RefuseAsync(ClientRequest client, OwnAnswer refusal)
    {
        client.Fault = refusal.Fault;
        return refusal.WriteAsync(client.Http.Response, client.Http.RequestAborted);
    }

    /// <summary>A tunnel to anywhere is not what a site's edge is for; WebSocket over HTTP/2 comes as CONNECT too, and is.</summary>
    private static OwnAnswer? RefusalOf(HttpContext http, string? inFields)
    {
        if ((AmbiguousRequest.Problem(http) ?? inFields) is { } problem)
        {
            return OwnAnswer.Of(new Fault(Stage.Client, ResetCode.Refused, problem), 0) with { Closes = true };
        }

        if (!HttpMethods.IsConnect(http.Request.Method))
        {
            return null;
        }

        IHttpExtendedConnectFeature? connect = http.Features.Get<IHttpExtendedConnectFeature>();
        return connect is { IsExtendedConnect: true, Protocol: "websocket" } ? null
            : Explain(StatusCodes.Status501NotImplemented, "CONNECT is served for WebSocket only");
    }

    /// <summary>Where the proxy answers by itself it sends a bare status: this is what to add.</summary>
    private static OwnAnswer? UnexplainedIn(ClientRequest client)
    {
        HttpContext http = client.Http;
        if (http.GetEndpoint() is null && http.Response.StatusCode == StatusCodes.Status404NotFound)
        {
            return Explain(StatusCodes.Status404NotFound, "no route of the configuration takes this host and path");
        }

        if (client.Body.Fault is { } fault && fault.Stage != Stage.Client)
        {
            return OwnAnswer.Of(fault, client.ExchangeId);
        }

        return http.Features.Get<IForwarderErrorFeature>()?.Error switch
        {
            null or ForwarderError.None => null,
            ForwarderError.NoAvailableDestinations => Explain(http.Response.StatusCode, "no destination of the cluster is healthy"),
            ForwarderError.RequestTimedOut => Explain(http.Response.StatusCode, "no byte in either direction within the cluster's activity timeout", ResetCode.TimedOut),
            ForwarderError error => Explain(http.Response.StatusCode, $"the proxy could not forward the request ({error})"),
        };
    }

    private static OwnAnswer Explain(int status, string reason, ResetCode code = ResetCode.Refused) => new(status, new Fault(Stage.Listener, code, reason), 0);

    private static Task Noted(ClientRequest client)
    {
        client.NoteFirstByte();
        return Task.CompletedTask;
    }

    private static Task Logged(Ending ending)
    {
        ending.Access.End(ending.Client.ToRecord());
        return Task.CompletedTask;
    }

    private sealed record Ending(AccessLog Access, ClientRequest Client);
}
