namespace Railgun.Sender.Origin.Http1;

/// <summary>How the end of a body is known (RFC 9112 section 6.3).</summary>
internal enum BodyFraming
{
    /// <summary>There is no body.</summary>
    None,

    /// <summary>By its announced length.</summary>
    Length,

    /// <summary>By the last chunk.</summary>
    Chunked,

    /// <summary>By the end of the connection.</summary>
    ToClose,

    /// <summary>No body: from here on the connection belongs to the protocol switched to.</summary>
    Tunnel,
}
