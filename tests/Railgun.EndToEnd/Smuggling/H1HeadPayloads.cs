using System.Text;

namespace Railgun.EndToEnd.Smuggling;

/// <summary>Heads of HTTP/1.1 that must not pass (RFC 9112 sections 2.2, 3, 5, 6 and 11.2). A second request stands behind each, as smugglers do it.</summary>
internal static class H1HeadPayloads
{
    private const string Second = "GET " + Payload.Smuggled + " HTTP/1.1\r\nHost: raw.example\r\n\r\n";

    /// <summary>All of them.</summary>
    public static IEnumerable<Payload> All => [.. Framing(), .. Lengths(), .. LineEnds(), .. Fields(), .. Hosts(), .. RequestLines()];

    private static IEnumerable<Payload> Framing()
    {
        yield return Post("Content-Length and Transfer-Encoding", "Content-Length: 5", "Transfer-Encoding: chunked");
        yield return Post("Transfer-Encoding and Content-Length", "Transfer-Encoding: chunked", "Content-Length: 5");
        yield return Post("Content-Length 0 and Transfer-Encoding", "Content-Length: 0", "Transfer-Encoding: chunked");
        foreach (string coding in (string[])
        [
            "chunked, chunked", ", chunked", "chunked,", "chunked;q=1", "\"chunked\"", "gzip, chunked", "identity, chunked", "chunked, identity", "identity", "xchunked", "chunked x",
            "\u000Bchunked", "chunked\u000B", "chunked\0", "", "chunked\u00A0",
        ])
        {
            yield return Post($"Transfer-Encoding: {coding}", $"Transfer-Encoding: {coding}");
        }

        yield return Post("Transfer-Encoding twice", "Transfer-Encoding: chunked", "Transfer-Encoding: chunked");
        yield return Post("Transfer-Encoding identity, then chunked", "Transfer-Encoding: identity", "Transfer-Encoding: chunked");
        yield return Post("Transfer-Encoding with an underscore", "Transfer_Encoding: chunked", "Content-Length: 5");
        yield return Post("Content-Length with an underscore", "Content_Length: 5", "Transfer-Encoding: chunked");
        yield return Whole("HTTP/1.0 with Transfer-Encoding", $"POST {Payload.Path} HTTP/1.0\r\nHost: raw.example\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
    }

    private static IEnumerable<Payload> Lengths()
    {
        foreach (string length in (string[])["5, 5", "5, 6", "+5", "-5", "0x5", "5 5", "5;", "5.0", "5\u000B", "", "5e0", "99999999999999999999", "\u00B2"])
        {
            yield return Post($"Content-Length: {length}", $"Content-Length: {length}");
        }

        yield return Post("Content-Length twice, the same", "Content-Length: 5", "Content-Length: 5");
        yield return Post("Content-Length twice, not the same", "Content-Length: 5", "Content-Length: 0");
    }

    private static IEnumerable<Payload> LineEnds()
    {
        yield return Whole("LF behind the request line", $"GET {Payload.Path} HTTP/1.1\nHost: raw.example\r\n\r\n");
        yield return Whole("LF behind a field", $"GET {Payload.Path} HTTP/1.1\r\nHost: raw.example\nX: y\r\n\r\n");
        yield return Whole("LF at the end of the head", $"GET {Payload.Path} HTTP/1.1\r\nHost: raw.example\r\n\n");
        yield return Whole("LF LF at the end of the head", $"GET {Payload.Path} HTTP/1.1\r\nHost: raw.example\n\n");
        yield return Whole("LF everywhere", $"GET {Payload.Path} HTTP/1.1\nHost: raw.example\n\n");
        yield return Whole("CR CR LF", $"GET {Payload.Path} HTTP/1.1\r\r\nHost: raw.example\r\n\r\n");
        yield return Whole("CR alone behind a field", $"GET {Payload.Path} HTTP/1.1\r\nHost: raw.example\rX: y\r\n\r\n");
        yield return Whole("CR alone at the end of the head", $"GET {Payload.Path} HTTP/1.1\r\nHost: raw.example\r\n\r\r");
        yield return Post("a field behind LF in a value", "X: y\nTransfer-Encoding: chunked", "Content-Length: 5");
        yield return Post("a field behind CR in a value", "X: y\rTransfer-Encoding: chunked", "Content-Length: 5");
    }

    private static IEnumerable<Payload> Fields()
    {
        foreach (string line in (string[])
        [
            " Transfer-Encoding: chunked", "\tX: y", "X: y\r\n folded", "X: y\r\n\tfolded", "Transfer-Encoding:\r\n chunked", "Transfer-Encoding : chunked", "Transfer-Encoding\t: chunked",
            "X y: z", "X", ": x", "X\0: y", "X(: y", "X\u00E4: y", "X: a\0b", "X: a\u0001b", "X: a\u007Fb", "X\u000B: y",
        ])
        {
            yield return Post($"field line {line}", line, "Content-Length: 5");
        }

        yield return Whole("whitespace before the first field", $"GET {Payload.Path} HTTP/1.1\r\n Host: raw.example\r\nHost: raw.example\r\n\r\n");
    }

    private static IEnumerable<Payload> Hosts()
    {
        yield return Whole("no Host", $"GET {Payload.Path} HTTP/1.1\r\n\r\n");
        yield return Whole("Host twice", $"GET {Payload.Path} HTTP/1.1\r\nHost: raw.example\r\nHost: raw.example\r\n\r\n");
        yield return Whole("absolute-form beside another Host", $"GET http://other.example{Payload.Path} HTTP/1.1\r\nHost: raw.example\r\n\r\n");
        yield return Whole("absolute-form with a user", $"GET http://raw.example@other.example{Payload.Path} HTTP/1.1\r\nHost: raw.example\r\n\r\n");
        foreach (string host in (string[])["a.example, b.example", "a.example/x", "a.example?x", "a@b.example", "a b.example", "a.example:80:80", "a.example:x", "a\\b", "[::1", "a.example\0", "a.example#"])
        {
            yield return Whole($"Host: {host}", $"GET {Payload.Path} HTTP/1.1\r\nHost: {host}\r\n\r\n");
        }
    }

    private static IEnumerable<Payload> RequestLines()
    {
        foreach (string line in (string[])
        [
            $"GET  {Payload.Path} HTTP/1.1", $"GET\t{Payload.Path} HTTP/1.1", $"GET {Payload.Path} HTTP/1.1 ", $" GET {Payload.Path} HTTP/1.1",
            $"GET {Payload.Path}\tHTTP/1.1", $"GET {Payload.Path} http/1.1", $"GET {Payload.Path} HTTP/1.1x", $"GET {Payload.Path} HTTP/01.1", $"GET {Payload.Path} HTTP/1.", $"GET {Payload.Path}",
            $"GE:T {Payload.Path} HTTP/1.1", $"G\0T {Payload.Path} HTTP/1.1", $"GET {Payload.Path}\0 HTTP/1.1", $"GET {Payload.Path}\u00E4 HTTP/1.1", $"GET {Payload.Path}\u0001 HTTP/1.1",
            $"GET {Payload.Path} x HTTP/1.1", $"GET {Payload.Path}\r HTTP/1.1", $"GET {Payload.Path[1..]} HTTP/1.1", "GET * HTTP/1.1", "GET raw.example:80 HTTP/1.1", $"GET {Payload.Path}#x HTTP/1.1",
            $" {Payload.Path} HTTP/1.1",
        ])
        {
            yield return Whole($"request line {line}", $"{line}\r\nHost: raw.example\r\n\r\n");
        }
    }

    private static Payload Post(string name, params string[] lines) =>
        Whole(name, $"POST {Payload.Path} HTTP/1.1\r\nHost: raw.example\r\n{string.Join("\r\n", lines)}\r\n\r\n0\r\n\r\n");

    private static Payload Whole(string name, string text) => new(Printable(name), Encoding.Latin1.GetBytes(text + Second));

    private static string Printable(string name) =>
        string.Concat(name.Select(c => c is >= ' ' and <= '~' ? c.ToString() : $"<{(int)c:X2}>"));
}
