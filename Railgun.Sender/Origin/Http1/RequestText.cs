using System.Globalization;
using Railgun.Protocol.Heads;

namespace Railgun.Sender.Origin.Http1;

/// <summary>Writes a request's head (RFC 9112 section 3): names with their case, lines in their order, nothing added but what belongs to this connection.</summary>
internal static class RequestText
{
    private const string LineEnd = "\r\n";

    /// <summary>Null if the head can be put to an origin; else why not.</summary>
    public static string? Problem(RequestHead head, IRequestBody? body)
    {
        bool asterisk = head.Target == OriginTarget.Asterisk && head.Method == "OPTIONS";
        return !IsToken(head.Method) ? "the method is no token"
            : !asterisk && !OriginTarget.IsSendable(head.Target) ? "the request target is not in origin-form"
            : !OriginTarget.IsHost(head.Authority) ? $"the host {head.Authority} can't be sent"
            : head.Fields.Contains("Host") ? "a second host"
            : head.Protocol is { } protocol && !IsToken(protocol) ? "the protocol to switch to is no token"
            : LengthProblem(head, body) ?? HeadCheck.Problem(head);
    }

    /// <summary>Gathers the head on a connection.</summary>
    /// <param name="to">The connection.</param>
    /// <param name="head">The head; it has no <see cref="Problem"/>.</param>
    /// <param name="body">The body, or null.</param>
    /// <param name="host">The host for a request that names none.</param>
    public static void Write(OriginConnection to, RequestHead head, IRequestBody? body, string host)
    {
        bool isTunnel = head.Protocol is not null;
        to.Write(isTunnel && head.Method == "CONNECT" ? "GET" : head.Method);
        to.Write(" ");
        to.Write(head.Target);
        to.Write(" HTTP/1.1\r\n");
        WriteField(to, "Host", head.Authority.Length > 0 ? head.Authority : host);
        foreach (HeadField field in HopByHop.Without(head.Fields))
        {
            WriteField(to, field.Name, field.Value);
        }

        if (isTunnel)
        {
            WriteSwitch(to, head);
        }
        else
        {
            WriteFraming(to, head, body);
        }

        to.Write(LineEnd);
    }

    private static void WriteFraming(OriginConnection to, RequestHead head, IRequestBody? body)
    {
        if (body is { Length: null })
        {
            WriteField(to, "Transfer-Encoding", "chunked");
        }
        else if ((body is not null || head.Method is "POST" or "PUT" or "PATCH") && !head.Fields.Contains("Content-Length"))
        {
            // RFC 9110 section 8.6: said outright, as many servers answer 411 without it. HTTP/2 clients need not say it.
            WriteField(to, "Content-Length", (body?.Length ?? 0).ToString(CultureInfo.InvariantCulture));
        }

        if (Lists.Contain(head.Fields, "TE", "trailers"))
        {
            to.Write("Connection: TE\r\nTE: trailers\r\n");
        }
    }

    // RFC 6455 section 4.1. A client of HTTP/2 needs no key (RFC 8441 section 5.1), so one is made for it.
    private static void WriteSwitch(OriginConnection to, RequestHead head)
    {
        to.Write("Connection: Upgrade\r\n");
        WriteField(to, "Upgrade", head.Protocol!);
        if (head.Protocol!.Equals("websocket", StringComparison.OrdinalIgnoreCase) && !head.Fields.Contains("Sec-WebSocket-Key"))
        {
            Span<byte> key = stackalloc byte[16];
            System.Security.Cryptography.RandomNumberGenerator.Fill(key);
            WriteField(to, "Sec-WebSocket-Key", Convert.ToBase64String(key));
        }
    }

    private static void WriteField(OriginConnection to, string name, string value)
    {
        to.Write(name);
        to.Write(": ");
        to.Write(value);
        to.Write(LineEnd);
    }

    // The framing is written from the body that follows, so what the head says of it must say the same.
    private static string? LengthProblem(RequestHead head, IRequestBody? body)
    {
        int lengths = 0;
        foreach (HeadField field in head.Fields)
        {
            if (!field.Name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            if (++lengths > 1 || head.Protocol is not null
                || !long.TryParse(field.Value, NumberStyles.None, CultureInfo.InvariantCulture, out long length) || length != (body is null ? 0 : body.Length))
            {
                return "the request's length is not that of its body";
            }
        }

        return null;
    }

    private static bool IsToken(string text) => text.Length is > 0 and <= 64 && text.AsSpan().IndexOfAnyExcept(OriginTarget.TokenChars) < 0;
}
