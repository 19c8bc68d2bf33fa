using Railgun.TestKit;

namespace Railgun.EndToEnd.Smuggling;

/// <summary>Requests of HTTP/2 that must not pass (RFC 9113 sections 8.1 to 8.3 and 8.5): most would turn into a second request where they are written as HTTP/1.1.</summary>
internal static class H2Payloads
{
    private const string Injected = "x\r\n\r\nGET " + Payload.Smuggled + " HTTP/1.1\r\nHost: raw.example\r\n\r\n";

    private static readonly (string Name, string Value)[] Usual = [(":method", "GET"), (":scheme", "http"), (":authority", "raw.example"), (":path", Payload.Path)];

    /// <summary>All of them.</summary>
    public static IEnumerable<Payload> All => [.. Names(), .. Values(), .. Pseudo(), .. OfConnection(), .. Lengths(), .. Trailers()];

    private static IEnumerable<Payload> Names()
    {
        foreach (string name in (string[])["X-Upper", "x y", "x:y", "x\r\ny", "x\ny", "x\0", "", "x\u00E4", "x\ty", "x ", " x", "transfer-encoding ", "x(", ":unknown", ":status", "transfer_encoding", "content_length", "x\u007F"])
        {
            yield return With($"field name {Printable(name)}", (name, "1"));
        }
    }

    private static IEnumerable<Payload> Values()
    {
        foreach (string value in (string[])[Injected, "a\r\nb: c", "a\nb", "a\rb", "a\0b", "\0", "a\u0001b", "a\u007Fb", " a", "a ", "\ta"])
        {
            yield return With($"field value {Printable(value)}", ("x", value));
        }

        yield return With("a cookie with a line end", ("cookie", "a=1\r\nx: y"));
    }

    private static IEnumerable<Payload> Pseudo()
    {
        foreach (string name in (string[])[":method", ":scheme", ":authority", ":path"])
        {
            yield return With($"{name} twice", (name, Usual.First(f => f.Name == name).Value));
            yield return Changed($"{name} with a request in it", name, Injected);
            yield return Changed($"{name} with NUL", name, "x\0");
            yield return Changed($"{name} with a blank", name, Payload.Path + " x");
            if (name != ":authority")
            {
                yield return Head($"no {name}", Usual.Where(f => f.Name != name));
                yield return Changed($"empty {name}", name, "");
            }
        }

        yield return Head("a pseudo field behind others", [Usual[0], Usual[1], Usual[2], ("x", "y"), Usual[3]]);
        yield return Changed(":path without a slash", ":path", Payload.Path[1..]);
        yield return Changed(":path in absolute-form", ":path", "http://other.example" + Payload.Path);
        yield return Changed(":path with a byte above ASCII", ":path", Payload.Path + "\u00E4");
        yield return Changed(":path with a fragment", ":path", Payload.Path + "#x");
        yield return Changed(":path * without OPTIONS", ":path", "*");
        yield return Changed(":scheme of another kind", ":scheme", "https");
        yield return Changed(":scheme with an authority", ":scheme", "http://other.example/");
        yield return Changed(":authority with a user", ":authority", "raw.example@other.example");
        yield return Changed(":authority with a path", ":authority", "raw.example/x");
        yield return Changed(":authority with two hosts", ":authority", "a.example,b.example");
        yield return With(":protocol without CONNECT", (":protocol", "websocket"));
        yield return Head("no host at all", Usual.Where(f => f.Name != ":authority"));
    }

    private static IEnumerable<Payload> OfConnection()
    {
        foreach ((string Name, string Value) field in ((string, string)[])
        [
            ("connection", "close"), ("connection", "x"), ("keep-alive", "timeout=5"), ("proxy-connection", "keep-alive"), ("upgrade", "h2c"), ("te", "gzip"), ("te", "trailers, gzip"),
            ("transfer-encoding", "chunked"), ("transfer-encoding", "identity"),
        ])
        {
            yield return With($"{field.Name}: {field.Value}", field);
        }
    }

    private static IEnumerable<Payload> Lengths()
    {
        yield return Body("content-length less than the body", "abcde", ("content-length", "4"));
        yield return Body("content-length more than the body", "abcde", ("content-length", "6"));
        foreach (string length in (string[])["+5", "-5", "5, 5", "0x5", "5 ", "", "5;"])
        {
            yield return Body($"content-length {length}", "abcde", ("content-length", length));
        }

        yield return Body("content-length twice, the same", "abcde", ("content-length", "5"), ("content-length", "5"));
        yield return Body("content-length twice, not the same", "abcde", ("content-length", "5"), ("content-length", "0"));
        yield return With("content-length without a body", ("content-length", "5"));
    }

    private static IEnumerable<Payload> Trailers()
    {
        foreach ((string Name, string Value) trailer in ((string, string)[])[(":path", "/x"), ("X", "y"), ("x", "a\r\nb"), ("x\ny", "z"), ("connection", "close"), ("transfer-encoding", "chunked")])
        {
            yield return new Payload(
                $"trailer {Printable(trailer.Name)}: {Printable(trailer.Value)}",
                Post().AddData(1, last: false, "abcde").AddHead(1, last: true, trailer).ToArray(),
                FaultInBody: true);
        }

        yield return new Payload("trailers that do not end the stream", Post().AddData(1, last: false, "abcde").AddHead(1, last: false, ("x", "y")).ToArray(), FaultInBody: true);
    }

    private static H2Frames Post(params (string Name, string Value)[] more) =>
        new H2Frames().AddHead(1, last: false, [(":method", "POST"), .. Usual[1..], .. more]);

    private static Payload Body(string name, string body, params (string Name, string Value)[] more) =>
        new(Printable(name), Post(more).AddData(1, last: true, body).ToArray(), FaultInBody: true);

    private static Payload With(string name, params (string Name, string Value)[] more) => Head(name, [.. Usual, .. more]);

    private static Payload Changed(string name, string pseudo, string value) => Head(name, Usual.Select(f => f.Name == pseudo ? (pseudo, value) : f));

    private static Payload Head(string name, IEnumerable<(string Name, string Value)> fields) =>
        new(Printable(name), new H2Frames().AddHead(1, last: true, [.. fields]).ToArray());

    private static string Printable(string name) =>
        string.Concat(name.Select(c => c is >= ' ' and <= '~' ? c.ToString() : $"<{(int)c:X2}>"));
}
