namespace Railgun.Sender.Coding;

/// <summary>A content coding (RFC 9110 section 8.4.1) that can be undone here.</summary>
internal enum ContentCoding
{
    /// <summary>None, or one that is left alone.</summary>
    None,

    /// <summary><c>gzip</c> (RFC 1952).</summary>
    Gzip,

    /// <summary><c>br</c> (RFC 7932).</summary>
    Brotli,

    /// <summary><c>deflate</c>: the zlib format (RFC 1950), or bare deflate (RFC 1951), which some origins mean.</summary>
    Deflate,
}
