namespace Railgun.EndToEnd.Transparency;

/// <summary>What is asked in both protocols.</summary>
internal static class Questions
{
    /// <summary>All of them.</summary>
    public static IEnumerable<Question> All => [.. Methods, .. Targets, .. RequestBodies, .. RequestFields, .. Statuses, .. Bodies, .. Conditions, .. Codings, .. ResponseFields];

    private static IEnumerable<Question> Methods =>
        from method in (string[])["GET", "DELETE", "OPTIONS", "TRACE", "PROPFIND", "REPORT", "MKCOL", "M-SEARCH", "PURGE", "get", "QUERY"]
        select new Question($"method {method}", method, "/echo");

    private static IEnumerable<Question> Targets =>
        from target in (string[])
        [
            "/", "/?", "/?a=b&a=c&&=", "/a%2Fb%2f%41?x=%20y+z", "/%7Euser/~user", "/a//b///", "/;p=1/a;b,c", "/a/b?c/../d", "/%E4%BD%A0%E5%A5%BD", "/?q=%zz", "/@a:80/x", "/a?b?c",
            "/" + new string('p', 8000), "/?q=" + new string('q', 8000), "/.well-known/x", "/a%00b", "/\"<>\\^`{|}",
        ]
        select new Question($"target {(target.Length > 40 ? $"{target[..6]}… of {target.Length} bytes" : target)}", "GET", target);

    private static IEnumerable<Question> RequestBodies =>
    [
        new("POST without a body", "POST", "/echo"),
        new("POST of nothing", "POST", "/echo") { Length = 0 },
        new("POST of 10 bytes", "POST", "/echo", ("Content-Type", "text/odd; a=b")) { Length = 10 },
        new("POST of 3 MB", "POST", "/echo") { Length = 3_000_000 },
        new("PUT without a length", "PUT", "/echo") { Length = 200_000, IsUnsized = true },
        new("PUT without a length, of nothing", "PUT", "/echo") { Length = 0, IsUnsized = true },
        new("PATCH with a body", "PATCH", "/echo") { Length = 100 },
        new("GET with a body", "GET", "/echo") { Length = 100 },
        new("DELETE with a body", "DELETE", "/echo") { Length = 100, IsUnsized = true },
        new("POST with Content-Encoding", "POST", "/echo", ("Content-Encoding", "gzip"), ("Content-MD5", "x")) { Length = 50 },
    ];

    private static IEnumerable<Question> RequestFields =>
    [
        new("usual fields of a browser", "GET", "/echo", ("User-Agent", "Mozilla/5.0 (X)"), ("Accept", "text/html,*/*;q=0.8"), ("Accept-Language", "de,en;q=0.5"),
            ("Referer", "http://a.example/?b"), ("Upgrade-Insecure-Requests", "1"), ("Sec-Fetch-Mode", "navigate"), ("DNT", "1"), ("Priority", "u=0, i")),
        new("many cookies", "GET", "/echo", ("Cookie", "b=2; a=1; b=3; c=\"x y\"; d=")),
        new("a large cookie", "GET", "/echo", ("Cookie", "a=" + new string('c', 6000))),
        new("repeated fields", "GET", "/echo", ("X-Many", "3"), ("X-Many", "1"), ("X-Many", "2"), ("X-Many", "1")),
        new("bytes beyond ASCII", "GET", "/echo", ("X-Latin", "caf\u00e9 \u00ff\u0080")),
        new("an empty field", "GET", "/echo", ("X-Empty", ""), ("X-Spaces", "a  b")),
        new("credentials", "GET", "/echo", ("Authorization", "Basic dTpw"), ("Proxy-Authorization", "Basic eDp5")),
        new("fields about caches", "GET", "/echo", ("Cache-Control", "no-cache, max-age=0"), ("Pragma", "no-cache")),
        new("fields of other proxies", "GET", "/echo", ("Via", "1.1 other"), ("X-Real-IP", "192.0.2.1"), ("CDN-Loop", "a")),
        new("fields of traces", "GET", "/echo", ("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"), ("tracestate", "a=b"), ("baggage", "c=d"), ("Request-Id", "|1.")),
        new("From, Max-Forwards, Origin", "GET", "/echo", ("From", "a@b.example"), ("Max-Forwards", "3"), ("Origin", "http://a.example")),
        new("Range, If-Range as they are", "GET", "/echo", ("Range", "bytes=0-3"), ("If-Range", "\"x\"")),
        new("conditions as they are", "GET", "/echo", ("If-None-Match", "\"a\", W/\"b\""), ("If-Modified-Since", "Fri, 02 Jan 2026 03:04:05 GMT")),
        new("a hundred fields", "GET", "/echo", [.. Enumerable.Range(0, 100).Select(i => ($"X-{i}", "v"))]),
        new("our own control fields", "GET", "/echo", ("X-Stay", "1")),
    ];

    private static IEnumerable<Question> Statuses =>
        from code in (int[])[201, 202, 203, 204, 205, 300, 301, 302, 303, 304, 307, 308, 400, 401, 403, 404, 409, 410, 412, 418, 422, 429, 451, 500, 501, 502, 503, 504]
        select new Question($"status {code}", code == 205 ? "POST" : "GET", $"/status/{code}");

    private static IEnumerable<Question> Bodies =>
    [
        new("no bytes, announced", "GET", "/sized/0"),
        new("1 byte", "GET", "/sized/1"),
        new("100 KB, announced", "GET", "/sized/100000"),
        new("3 MB, announced", "GET", "/sized/3000000"),
        new("no bytes, not announced", "GET", "/unsized/0"),
        new("100 KB, not announced", "GET", "/unsized/100000"),
        new("3 MB, not announced", "GET", "/unsized/3000000"),
        new("a page", "GET", "/page"),
        new("HEAD of a page", "HEAD", "/page"),
        new("HEAD of a body, not announced", "HEAD", "/unsized/100"),
        new("HEAD of an error", "HEAD", "/status/404"),
        new("HEAD of a coded body", "HEAD", "/packed/gzip"),
        new("trailers", "GET", "/trailers", ("TE", "trailers")),
        new("an event stream", "GET", "/events", ("Accept", "text/event-stream"), ("Last-Event-ID", "7")),
        new("a slow body", "GET", "/slow"),
        new("a body that breaks off", "GET", "/broken/30000"),
        new("a body not announced that breaks off", "GET", "/broken/30000?chunked"),
        new("an answer before the upload's end", "POST", "/early/413") { Length = 1_000_000 },
        new("a good answer before the upload's end", "POST", "/early/200") { Length = 1_000_000, IsUnsized = true },
    ];

    private static IEnumerable<Question> Conditions =>
    [
        new("If-None-Match that matches", "GET", "/resource", ("If-None-Match", "\"v1\"")),
        new("If-None-Match that does not", "GET", "/resource", ("If-None-Match", "\"v0\"")),
        new("If-None-Match of HEAD", "HEAD", "/resource", ("If-None-Match", "\"v1\"")),
        new("If-None-Match *", "GET", "/resource", ("If-None-Match", "*")),
        new("If-Modified-Since that matches", "GET", "/resource", ("If-Modified-Since", "Fri, 02 Jan 2026 03:04:05 GMT")),
        new("If-Unmodified-Since that fails", "GET", "/resource", ("If-Unmodified-Since", "Thu, 01 Jan 2026 03:04:05 GMT")),
        new("If-Match that matches", "GET", "/resource", ("If-Match", "\"v1\"")),
        new("If-Match that fails", "GET", "/resource", ("If-Match", "\"v0\"")),
        new("a range", "GET", "/resource", ("Range", "bytes=10-19")),
        new("a range from the end", "GET", "/resource", ("Range", "bytes=-10")),
        new("a range to the end", "GET", "/resource/text", ("Range", "bytes=29000-")),
        new("a range of text for who accepts gzip", "GET", "/resource/text", ("Range", "bytes=10-19"), ("Accept-Encoding", "gzip")),
        new("a range that can't be", "GET", "/resource", ("Range", "bytes=9999999-")),
        new("a range that is no range", "GET", "/resource", ("Range", "lines=1-2")),
        new("a range if nothing changed", "GET", "/resource", ("Range", "bytes=0-3"), ("If-Range", "\"v1\"")),
        new("a range if nothing changed, by a weak tag", "GET", "/resource", ("Range", "bytes=0-3"), ("If-Range", "W/\"v1\"")),
        new("a range if something changed", "GET", "/resource", ("Range", "bytes=0-3"), ("If-Range", "\"v0\"")),
        new("several ranges", "GET", "/multirange", ("Range", "bytes=0-3,96-99")),
        new("several ranges for who accepts br", "GET", "/multirange", ("Range", "bytes=0-3,96-99"), ("Accept-Encoding", "br")),
        new("a tagged page that the client holds", "GET", "/page/tagged", ("If-None-Match", "\"strong\"")),
        new("a tagged page that the client holds compressed", "GET", "/page/tagged", ("If-None-Match", "W/\"strong-railgun\", \"strong\""), ("Accept-Encoding", "gzip")),
    ];

    private static IEnumerable<Question> Codings =>
    [
        .. from accept in (string[])["gzip", "br", "zstd", "deflate", "gzip, deflate, br, zstd", "identity", "gzip;q=0", "*", "br;q=0.1, gzip;q=0.9", "identity;q=0, gzip", ""]
           select new Question($"a page for who accepts \"{accept}\"", "GET", "/page", ("Accept-Encoding", accept)),
        new("HEAD of a page for who accepts gzip", "HEAD", "/page", ("Accept-Encoding", "gzip")),
        new("a tagged page for who accepts gzip", "GET", "/page/tagged", ("Accept-Encoding", "gzip")),
        new("a weakly tagged page for who accepts gzip", "GET", "/page/weak", ("Accept-Encoding", "gzip")),
        new("no-transform for who accepts gzip", "GET", "/page/no-transform", ("Accept-Encoding", "gzip")),
        new("a digest for who accepts br", "GET", "/page/digest", ("Accept-Encoding", "br")),
        new("Vary for who accepts gzip", "GET", "/page/vary", ("Accept-Encoding", "gzip")),
        new("Vary: * for who accepts gzip", "GET", "/page/vary-star", ("Accept-Encoding", "gzip")),
        new("Vary: Cookie and a cookie", "GET", "/page/cookie", ("Cookie", "a=0")),
        new("packed bytes for who accepts gzip", "GET", "/sized/5000", ("Accept-Encoding", "gzip")),
        .. from coding in (string[])["gzip", "br", "deflate"]
           from accept in (string[])["gzip, br, deflate", "identity"]
           select new Question($"a body in {coding} unasked, for who accepts {accept}", "GET", $"/packed/{coding}", ("Accept-Encoding", accept)),
        new("a range of a coded body", "GET", "/packed/gzip", ("Range", "bytes=0-99"), ("Accept-Encoding", "gzip")),
        new("a coded body for who forbids changes", "GET", "/packed/gzip", ("Cache-Control", "no-transform"), ("Accept-Encoding", "gzip")),
    ];

    private static IEnumerable<Question> ResponseFields =>
        from kind in (string[])["cookies", "repeated", "latin", "empty", "long", "security"]
        select new Question($"fields of an answer: {kind}", "GET", $"/fields/{kind}");
}
