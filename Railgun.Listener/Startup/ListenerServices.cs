using Microsoft.AspNetCore.DataProtection;
using Railgun.Listener.Clients;
using Railgun.Listener.Clients.Compression;
using Railgun.Listener.Clients.Http2;
using Railgun.Listener.Forwarding;
using Railgun.Listener.Rebuilding;
using Railgun.Protocol.Versions;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Health;
using Yarp.ReverseProxy.LoadBalancing;
using Yarp.ReverseProxy.Transforms.Builder;

namespace Railgun.Listener.Startup;

/// <summary>Puts the listener's web application together: clients in front, the proxy library in the middle, senders behind.</summary>
internal static class ListenerServices
{
    /// <summary>Registers what forwarding needs.</summary>
    /// <param name="services">The application's services.</param>
    /// <param name="options">The listener's options.</param>
    /// <param name="parts">What lives longer than the application.</param>
    public static void Add(IServiceCollection services, ListenerOptions options, ListenerParts parts)
    {
        services.AddSingleton(parts.Access);
        services.AddSingleton(parts.Senders);
        services.AddSingleton(parts.Store);
        services.AddSingleton(new CredentialRules(options.Credentials.ToOptions()));
        services.AddSingleton<UncodedPages>();
        services.AddSingleton<OfferChooser>();
        services.AddSingleton<VersionKeeper>();
        services.AddSingleton<DecoderPool>();
        services.AddSingleton<ProofFailures>();
        services.AddSingleton<RebuildingTools>();
        services.AddSingleton(provider => new CompressionRules(options.Compress, provider.GetRequiredService<CredentialRules>()));
        services.AddSingleton(new CompressionEfforts(options.Forwarded));
        services.AddSingleton(new SavingFields(options.Saving.ToOptions()));
        services.AddSingleton(new DirectOrigin(options.Direct));
        services.AddSingleton(new ForwardedTransform(options.Forwarded));
        services.AddSingleton(new ProxyFields(options.Forwarded));
        services.AddSingleton<LinkResponses>();
        services.AddSingleton<LinkForwarder>();
        services.AddSingleton<RequestFields>();
        services.AddSingleton(new SwitchedConnections(options.Clients));
        services.AddSingleton(new SilentCalls(options.Forwarded));
        services.AddSingleton<DotSegments>();
        services.AddSingleton<ClientPipeline>();
        AddProxy(services, parts);
    }

    /// <summary>Builds the way of a request.</summary>
    public static void Use(WebApplication app)
    {
        ClientPipeline clients = app.Services.GetRequiredService<ClientPipeline>();
        app.Use(TakenBackRequests.InvokeAsync);
        app.Use(clients.InvokeAsync);
        app.Use(app.Services.GetRequiredService<DotSegments>().InvokeAsync);
        app.MapReverseProxy();
    }

    /// <summary>Registers the proxy library with all policies that routes can name, without routes.</summary>
    public static IReverseProxyBuilder AddProxy(IServiceCollection services)
    {
        services.AddRoutingCore();
        IReverseProxyBuilder proxy = services.AddReverseProxy();
        KeepKeysInMemory(services);
        services.AddSingleton<ILoadBalancingPolicy, ConnectedFirst>();
        services.AddSingleton<IAvailableDestinationsPolicy, LiveSenders>();
        services.AddSingleton<IHostedService, LinkHealth>();
        proxy.AddConfigFilter<SenderClusters>();
        return proxy;
    }

    private static void AddProxy(IServiceCollection services, ListenerParts parts)
    {
        IReverseProxyBuilder proxy = AddProxy(services);
        services.AddSingleton<IForwarderHttpClientFactory, LinkClientFactory>();
        services.AddSingleton<ITransformProvider, TargetTransformProvider>();
        if (parts.Routes is { } routes)
        {
            proxy.LoadFromConfig(routes.Section);
        }
        else
        {
            services.AddSingleton<IProxyConfigProvider>(new DefaultRoutes(parts.Peers));
        }
    }

    /// <summary>
    /// The proxy library protects affinity cookies with keys that would else be made at the start, in the home directory. A client whose cookie can't be read
    /// after a restart gets another.
    /// </summary>
    private static void KeepKeysInMemory(IServiceCollection services)
    {
        services.AddDataProtection().UseEphemeralDataProtectionProvider();
        for (int i = services.Count - 1; i >= 0; i--)
        {
            if (services[i].ServiceType == typeof(IHostedService) && services[i].ImplementationType?.Namespace == "Microsoft.AspNetCore.DataProtection.Internal")
            {
                services.RemoveAt(i);
            }
        }
    }
}
