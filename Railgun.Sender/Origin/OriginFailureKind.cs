namespace Railgun.Sender.Origin;

/// <summary>Why the origin gave no answer, or no whole one.</summary>
internal enum OriginFailureKind
{
    /// <summary>No connection: refused, unreachable, no address for the name, no TLS.</summary>
    Unreachable,

    /// <summary>No connection within the time allowed.</summary>
    ConnectTimedOut,

    /// <summary>No connection, as all that the origin may have are in use.</summary>
    Exhausted,

    /// <summary>No response head within the time allowed.</summary>
    HeadTimedOut,

    /// <summary>Nothing of the request's body taken within the time allowed.</summary>
    WriteTimedOut,

    /// <summary>The connection closed, or what came was no HTTP, before the head was complete.</summary>
    NoHead,

    /// <summary>The body broke off.</summary>
    BodyBroken,

    /// <summary>The body fell silent for longer than allowed.</summary>
    BodyTimedOut,

    /// <summary>The head or the decoded body is larger than allowed.</summary>
    LimitExceeded,

    /// <summary>The request cannot be put to an origin as it is.</summary>
    Unsendable,

    /// <summary>The client or the link went away: nobody waits for the answer. Not the origin's fault.</summary>
    Abandoned,
}
