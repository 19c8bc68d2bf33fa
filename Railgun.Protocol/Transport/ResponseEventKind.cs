namespace Railgun.Protocol.Transport;

/// <summary>What comes next in the response of an exchange, as the listener sees it.</summary>
internal enum ResponseEventKind
{
    /// <summary>A 1xx head. Zero or more, before <see cref="Head"/>.</summary>
    Informational,

    /// <summary>The sender asks for the signature of an offer. At most once, before <see cref="Head"/>.</summary>
    WantSignature,

    /// <summary>The final head, once.</summary>
    Head,

    /// <summary>Body bytes as coded on the link; may end a segment.</summary>
    Data,

    /// <summary>The answer to a want for the rest: from here on the body is as it is, from the offset asked for.</summary>
    Rest,

    /// <summary>The end of the body, with trailers or without. Nothing follows.</summary>
    End,

    /// <summary>The exchange failed. Nothing follows.</summary>
    Fault,
}
