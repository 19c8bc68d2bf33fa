using Railgun.Protocol.Heads;
using Railgun.Protocol.Versions;
using Version = Railgun.Protocol.Versions.Version;

namespace Railgun.Listener.Tests.Support;

/// <summary>Puts versions into stores.</summary>
internal static class Versions
{
    /// <summary>A request of a client without credentials.</summary>
    public static RequestHead Request(EdgeListener listener, string target) =>
        new() { Method = "GET", Scheme = "http", Authority = listener.Endpoint.Authority, Target = target };

    /// <summary>Keeps <paramref name="body"/> as a public version of the page of <paramref name="request"/> at the sender <c>shop</c>.</summary>
    public static void Put(VersionStore store, RequestHead request, byte[] body)
    {
        using var builder = new VersionBuilder(body.Length);
        builder.Append(body);
        Version version = builder.Complete()!;
        store.Put(version, new VersionUse(PageKey.Of(request, "shop"), TemplateKey.Of(request, "shop"), Principal.Anonymous, Sharing.Public));
        version.Release();
    }
}
