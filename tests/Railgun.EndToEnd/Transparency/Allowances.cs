namespace Railgun.EndToEnd.Transparency;

/// <summary>All differences that are meant to be there, each with its reason. What is not here fails.</summary>
internal static class Allowances
{
    /// <summary>The list.</summary>
    public static readonly Allowance[] All =
    [
        new("the origin is told for whom the listener asks", @"^\+ asked x-forwarded-(for|proto|host): "),
        new("the sender chooses the coding on the link, the listener that for the client", @"^[+-] asked accept-encoding: "),
        new("framing is each connection's own (RFC 9112 section 6)", @"^[+-] framing: "),
        new("compressible text varies by what the client accepts", @"^\+ field vary(\[\d+\])?: Accept-Encoding$"),
        new("the listener compresses for the client", @"^(\+ field content-encoding: (gzip|br|zstd)|- field content-length: \d+|- field accept-ranges: bytes|- field etag: ""|\+ field etag: W/"")", "who accepts|client holds compressed"),
        new("what the origin coded unasked is decoded at the sender", @"^(- field content-encoding: (gzip|br|deflate)|[+-] field content-length: \d+|- field etag: ""|\+ field etag: W/"")", "coded body|unasked"),
        new("a request that may have a body and has none says so (RFC 9110 section 8.6)", @"^\+ asked content-length: 0$", "POST without a body|of nothing"),
        new("a body that ends before its first byte is announced as empty", @"^\+ field content-length: 0$", "no bytes, not announced"),
        new("credentials for proxies end at the first one (RFC 9110 section 11.7)", @"^- (asked proxy-authorization|field proxy-authenticate): "),
        new("who the client is, only trusted proxies can say", @"^- asked x-real-ip: "),
        new("speaks of the origin's own place, not of the listener's (RFC 7838)", @"^- field alt-svc: "),
        new("who forwards an answer without a date adds one (RFC 9110 section 6.6.1)", @"^\+ field date: "),
        new("fields of the connection end with it (RFC 9110 section 7.6.1)", @"^- (asked|field) (x-hop|keep-alive|upgrade): "),
        new("a 204 has no length (RFC 9110 section 8.6)", @"^- field content-length: 0$", "204"),
        new("absolute form is for proxies, the origin is asked in origin-form (RFC 9112 section 3.2)", @"^[+-] asked target: ", "absolute form"),
        new("Kestrel takes the end of the client's side of HTTP/1.1 for its leaving; WebSocket ends by frames", @"^[+-] came: (hello )?(\d+ bytes came)?$", "a tunnel whose client ends first"),
        new("Kestrel has no trailers on HTTP/1.1", @"^- trailer ", "HTTP/1.1: (an answer as it may be: )?trailers$"),
    ];
}
