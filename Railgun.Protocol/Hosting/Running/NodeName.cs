using Railgun.Hosting.Options;
using Railgun.Protocol.Identity;

namespace Railgun.Hosting.Running;

/// <summary>What a node suggests to be called.</summary>
internal static class NodeName
{
    /// <summary>What is configured, else the host's name, else what the role is usually called.</summary>
    public static string Of(DaemonOptions options, DaemonRole role) =>
        options.Name is { } name && PeerName.IsValid(name)
            ? name
            : PeerName.FromHost(Environment.MachineName, role == DaemonRole.Listener ? "edge" : "shop");
}
