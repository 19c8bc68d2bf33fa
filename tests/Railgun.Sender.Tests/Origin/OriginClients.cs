using Railgun.Sender.Origin;
using Railgun.Sender.Origin.Http1;

namespace Railgun.Sender.Tests.Origin;

/// <summary>Makes either client.</summary>
internal static class OriginClients
{
    public static IOrigin Make(this OriginClient client, OriginAddress address, OriginOptions options, TimeProvider time) =>
        client == OriginClient.Own ? new Http1Origin(address, options, time) : new HttpOrigin(address, options, time);
}
