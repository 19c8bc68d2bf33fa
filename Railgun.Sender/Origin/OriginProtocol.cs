namespace Railgun.Sender.Origin;

/// <summary>How the origin is spoken to.</summary>
internal enum OriginProtocol
{
    /// <summary>HTTP/1.1 (RFC 9112).</summary>
    Http11,

    /// <summary>HTTP/2 in clear text with prior knowledge (RFC 9113 section 3.3), for gRPC.</summary>
    H2c,
}
