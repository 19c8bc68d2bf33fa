namespace Railgun.Protocol.Transport;

/// <summary>What comes next in the request of an exchange, as the sender sees it.</summary>
internal enum RequestEventKind
{
    /// <summary>Body bytes, as they are.</summary>
    Data,

    /// <summary>The end of the body, with trailers or without. Nothing follows.</summary>
    End,

    /// <summary>The exchange failed or the client is gone. Nothing follows.</summary>
    Fault,
}
