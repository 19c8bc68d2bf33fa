using Railgun.Sender.Origin.Http1;

namespace Railgun.Sender.Origin;

/// <summary>Chooses the client by the origin's protocol.</summary>
internal static class Origins
{
    /// <summary>HTTP/1.1 by our own client, HTTP/2 by the platform's. The caller disposes it.</summary>
    public static IOrigin Make(OriginAddress address, OriginOptions options, TimeProvider time) =>
        options.Protocol == OriginProtocol.Http11 ? new Http1Origin(address, options, time) : new HttpOrigin(address, options, time);
}
