namespace Railgun.Listener.Clients.Compression;

/// <summary>A content coding (RFC 9110 section 8.4.1) that the listener can put on a body for a client.</summary>
internal enum ClientCoding
{
    /// <summary>None: the body as it is.</summary>
    Identity,

    /// <summary><c>gzip</c> (RFC 1952).</summary>
    Gzip,

    /// <summary><c>zstd</c> (RFC 8878), window at most 8 MB as RFC 9659 asks.</summary>
    Zstd,

    /// <summary><c>br</c> (RFC 7932).</summary>
    Brotli,
}
