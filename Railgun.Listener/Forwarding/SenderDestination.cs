using System.Collections.Concurrent;

namespace Railgun.Listener.Forwarding;

/// <summary>A destination's address, read once: which sender it is, and which path stands before the targets.</summary>
/// <param name="Address">The address; all requests to it share the object.</param>
/// <param name="Sender">The sender's name.</param>
/// <param name="BasePath">The path before the targets, without a slash at its end; usually empty.</param>
internal sealed record SenderDestination(Uri Address, string Sender, string BasePath)
{
    /// <summary>Addresses read; they come from the configuration, but that can change while we run.</summary>
    private const int MaxKnown = 1024;

    private static readonly ConcurrentDictionary<string, SenderDestination?> Known = new(StringComparer.Ordinal);

    /// <summary>What <paramref name="prefix"/> is; null if it is not a sender.</summary>
    public static SenderDestination? Find(string prefix)
    {
        if (Known.TryGetValue(prefix, out SenderDestination? known))
        {
            return known;
        }

        if (Known.Count >= MaxKnown)
        {
            Known.Clear();
        }

        return Known.GetOrAdd(prefix, Read(prefix));
    }

    private static SenderDestination? Read(string prefix) =>
        Uri.TryCreate(prefix, UriKind.Absolute, out Uri? address) && SenderHost.NameIn(address.Host) is { } sender
            ? new SenderDestination(address, sender, address.AbsolutePath.TrimEnd('/'))
            : null;
}
