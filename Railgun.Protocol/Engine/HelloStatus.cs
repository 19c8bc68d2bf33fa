namespace Railgun.Protocol.Engine;

/// <summary>How a hello was answered. The numbers are on the wire (WIRE_FORMAT.md, Hello); an unknown one is a refusal.</summary>
internal enum HelloStatus : byte
{
    /// <summary>The lane is open.</summary>
    Accepted = 0,

    /// <summary>The key behind the certificate is not trusted here.</summary>
    UnknownPeer = 1,

    /// <summary>No common version of the wire format.</summary>
    Version = 2,

    /// <summary>Both sides have the same role.</summary>
    Role = 3,

    /// <summary>The side takes no new lanes now: it is stopping, or has as many as it may.</summary>
    Unavailable = 4,

    /// <summary>The hello was malformed.</summary>
    Malformed = 5,
}
