namespace Railgun.Listener.Forwarding;

/// <summary>The hosts of destinations that are senders: <c>http://NAME.railgun/</c>, by the name that the sender is trusted under.</summary>
internal static class SenderHost
{
    /// <summary>The domain of these hosts.</summary>
    public const string Suffix = ".railgun";

    /// <summary>The address of the sender <paramref name="name"/>.</summary>
    public static string AddressOf(string name) => $"http://{name}{Suffix}/";

    /// <summary>The sender's name in a host; null if the host is somebody else's.</summary>
    public static string? NameIn(string host) =>
        host.EndsWith(Suffix, StringComparison.OrdinalIgnoreCase) && host.Length > Suffix.Length
            ? host[..^Suffix.Length].ToLowerInvariant()
            : null;
}
