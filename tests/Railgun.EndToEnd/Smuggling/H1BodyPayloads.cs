using System.Text;

namespace Railgun.EndToEnd.Smuggling;

/// <summary>Chunked bodies that must not pass (RFC 9112 section 7.1): the head is in order, so it may be on its way when the fault shows.</summary>
internal static class H1BodyPayloads
{
    private const string Second = "GET " + Payload.Smuggled + " HTTP/1.1\r\nHost: raw.example\r\n\r\n";

    /// <summary>All of them.</summary>
    public static IEnumerable<Payload> All => [.. Sizes(), .. Ends(), .. Trailers()];

    private static IEnumerable<Payload> Sizes()
    {
        foreach (string size in (string[])["0x5", "+5", "-5", " 5", "5 ", "\t5", "", "G", "5_0", "5\u000B", "5\0", "5\r", "5\n", "FFFFFFFFFFFFFFFF5", "7FFFFFFFFFFFFFFF5", "5;x\ny", "5;x\ry", "5;\n"])
        {
            yield return Chunked($"chunk size {size}", $"{size}\r\nabcde\r\n0\r\n\r\n");
        }
    }

    private static IEnumerable<Payload> Ends()
    {
        yield return Chunked("LF behind the size", "5\nabcde\r\n0\r\n\r\n");
        yield return Chunked("CR behind the size", "5\rabcde\r\n0\r\n\r\n");
        yield return Chunked("LF behind the data", "5\r\nabcde\n0\r\n\r\n");
        yield return Chunked("nothing behind the data", "5\r\nabcde0\r\n\r\n");
        yield return Chunked("more data than said", "5\r\nabcdefgh\r\n0\r\n\r\n");
        yield return Chunked("LF behind the last size", "5\r\nabcde\r\n0\n\r\n");
        yield return Chunked("LF at the end", "5\r\nabcde\r\n0\r\n\n");
    }

    private static IEnumerable<Payload> Trailers()
    {
        foreach (string line in (string[])["X : y", " X: y", "X: y\n", "X: a\rb", "X: a\0b", "X", ": y", "X: y\r\n folded"])
        {
            yield return Chunked($"trailer {line}", $"5\r\nabcde\r\n0\r\n{line}\r\n\r\n");
        }
    }

    private static Payload Chunked(string name, string body) => new(
        string.Concat(name.Select(c => c is >= ' ' and <= '~' ? c.ToString() : $"<{(int)c:X2}>")),
        Encoding.Latin1.GetBytes($"POST {Payload.Path} HTTP/1.1\r\nHost: raw.example\r\nTransfer-Encoding: chunked\r\n\r\n{body}{Second}"),
        FaultInBody: true);
}
