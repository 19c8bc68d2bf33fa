using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Railgun.Hosting.Configuration;
using Railgun.Hosting.Metrics;
using Railgun.Hosting.Running;

namespace Railgun.Hosting.Admin;

/// <summary>
/// <c>/livez</c>, <c>/ready</c>, <c>/metrics</c> and <c>/status</c> on a Kestrel of their own, apart from clients' traffic. GET and HEAD only; nothing can be changed here.
/// </summary>
internal sealed class AdminEndpoint : IAsyncDisposable
{
    private const string PlainText = "text/plain; charset=utf-8";

    private readonly WebApplication _application;
    private readonly DaemonState _state;
    private readonly MetricCollector _metrics;

    private AdminEndpoint(WebApplicationBuilder builder, DaemonState state, MetricCollector metrics)
    {
        _state = state;
        _metrics = metrics;
        _application = builder.Build();
        _application.Run(AnswerAsync);
    }

    /// <summary>Where it listens, once started.</summary>
    public string Url { get; private set; } = "";

    /// <summary>Starts it.</summary>
    /// <exception cref="StartupException">The port can't be opened.</exception>
    public static async Task<AdminEndpoint> StartAsync(
        WebApplicationBuilder builder, ListenAddress address, DaemonState state, MetricCollector metrics, CancellationToken cancellation)
    {
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 0;
            kestrel.Limits.MaxConcurrentConnections = 64;
            kestrel.Listen(address.ToEndPoint());
        });
        var endpoint = new AdminEndpoint(builder, state, metrics);
        try
        {
            await endpoint._application.StartAsync(cancellation);
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            await endpoint.DisposeAsync();
            throw new StartupException($"The admin endpoint can't listen on {address}: {e.Message} Give another with --admin IP:PORT.", e);
        }

        endpoint.Url = endpoint._application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        return endpoint;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _application.DisposeAsync();

    private Task AnswerAsync(HttpContext context)
    {
        HttpRequest request = context.Request;
        context.Response.Headers.CacheControl = "no-store";
        if (!IsHostAllowed(request.Host.Host))
        {
            return TextAsync(context, StatusCodes.Status421MisdirectedRequest, "Ask by IP address or as localhost.\n");
        }

        if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method))
        {
            context.Response.Headers.Allow = "GET, HEAD";
            return TextAsync(context, StatusCodes.Status405MethodNotAllowed, "GET and HEAD only.\n");
        }

        return request.Path.Value switch
        {
            "/livez" => TextAsync(context, StatusCodes.Status200OK, "ok\n"),
            "/ready" => ReadyAsync(context),
            "/metrics" => MetricsAsync(context),
            "/status" => StatusAsync(context),
            _ => TextAsync(context, StatusCodes.Status404NotFound, "There are /livez, /ready, /metrics and /status.\n"),
        };
    }

    /// <summary>
    /// Whether a request for this host is answered. A page in a browser on this machine can make its own name point here (DNS rebinding), but it can't
    /// make the browser send an address or <c>localhost</c> as the host of that name.
    /// </summary>
    internal static bool IsHostAllowed(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || IPAddress.TryParse(host.AsSpan().Trim("[]"), out _);

    private Task ReadyAsync(HttpContext context)
    {
        Readiness readiness = _state.Readiness;
        return TextAsync(context, readiness.Ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable, readiness.Reason + "\n");
    }

    private Task MetricsAsync(HttpContext context)
    {
        context.Response.ContentType = PrometheusText.ContentType;
        return context.Response.Body.WriteAsync(PrometheusText.Format(_metrics.Collect()), context.RequestAborted).AsTask();
    }

    private Task StatusAsync(HttpContext context)
    {
        context.Response.ContentType = "application/json";
        return JsonSerializer.SerializeAsync(context.Response.Body, _state.Report(), StatusJson.Default.StatusReport, context.RequestAborted);
    }

    private static Task TextAsync(HttpContext context, int status, string text)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = PlainText;
        return context.Response.WriteAsync(text, context.RequestAborted);
    }
}
