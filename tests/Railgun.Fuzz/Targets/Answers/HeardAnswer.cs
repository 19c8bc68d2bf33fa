using System.Text;
using Railgun.Protocol.Heads;
using Railgun.Sender.Origin;

namespace Railgun.Fuzz.Targets.Answers;

/// <summary>All that the sender made of an origin's answer.</summary>
internal sealed class HeardAnswer
{
    private readonly MemoryStream _body = new();

    /// <summary>The informational heads that pass.</summary>
    public List<ResponseHead> Informational { get; } = [];

    /// <summary>The final head; null if none passes.</summary>
    public ResponseHead? Head { get; private set; }

    /// <summary>The body, or what came of it.</summary>
    public ReadOnlySpan<byte> Body => _body.GetBuffer().AsSpan(0, (int)_body.Length);

    /// <summary>The trailers that pass.</summary>
    public FieldList? Trailers { get; private set; }

    /// <summary>Why it was not heard to its end; null if it was.</summary>
    public string? Failure { get; private set; }

    /// <summary>Whether the connection would serve again, as far as what has come on it allows.</summary>
    public bool IsKept { get; set; }

    /// <summary>Takes the next event.</summary>
    /// <param name="next">The event.</param>
    /// <param name="buffer">Where its data are.</param>
    /// <returns>Whether more follows.</returns>
    public bool Take(in OriginEvent next, byte[] buffer)
    {
        switch (next.Kind)
        {
            case OriginEventKind.Informational:
                Informational.Add(next.Head!);
                return true;
            case OriginEventKind.Head:
                Head = next.Head;
                return true;
            case OriginEventKind.Data:
                _body.Write(buffer, 0, next.Length);
                return true;
            case OriginEventKind.End:
                Trailers = next.Trailers;
                return false;
            default:
                Failure = next.Failure!.Reason;
                return false;
        }
    }

    /// <summary>The heads as text; two answers that have the same and the same body are the same.</summary>
    public string Heads()
    {
        var text = new StringBuilder();
        foreach (ResponseHead head in Informational)
        {
            Write(text, head);
        }

        if (Head is not null)
        {
            Write(text, Head);
        }

        foreach (HeadField field in Trailers ?? [])
        {
            text.Append(field.Name).Append(": ").Append(field.Value).Append("\r\n");
        }

        return text.ToString();
    }

    /// <summary>The answer as one message (RFC 9112), chunked where it has no length.</summary>
    public byte[] Rewrite(bool hasBody)
    {
        var text = new StringBuilder();
        Informational.ForEach(head => Write(text, head));
        Write(text, Head!);
        bool chunked = hasBody && !Head!.Fields.Contains("Content-Length");
        text.Length -= 2;
        text.Append(chunked ? "Transfer-Encoding: chunked\r\n\r\n" : "\r\n");
        string body = Encoding.Latin1.GetString(Body);
        text.Append(chunked && body.Length > 0 ? $"{body.Length:X}\r\n{body}\r\n" : body);
        if (chunked)
        {
            text.Append("0\r\n");
            foreach (HeadField field in Trailers ?? [])
            {
                text.Append(field.Name).Append(": ").Append(field.Value).Append("\r\n");
            }

            text.Append("\r\n");
        }

        return Encoding.Latin1.GetBytes(text.ToString());
    }

    private static void Write(StringBuilder text, ResponseHead head)
    {
        text.Append("HTTP/1.1 ").Append(head.Status).Append("\r\n");
        foreach (HeadField field in head.Fields)
        {
            text.Append(field.Name).Append(": ").Append(field.Value).Append("\r\n");
        }

        text.Append("\r\n");
    }
}
