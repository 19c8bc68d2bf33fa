namespace Railgun.Listener.Clients.Compression;

/// <summary>How long a body is worked on for its client. Each step of work has to be worth its time: what it saves must take longer on the client's line.</summary>
internal enum CompressionEffort
{
    /// <summary>The default: also where the line is not known.</summary>
    Usual,

    /// <summary>On fast lines.</summary>
    Less,

    /// <summary>On those that take a page faster than it can be made shorter: clients, or other proxies, that are near.</summary>
    Least,
}
