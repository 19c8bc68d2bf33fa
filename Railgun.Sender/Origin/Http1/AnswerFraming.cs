using System.Globalization;
using Railgun.Protocol.Heads;

namespace Railgun.Sender.Origin.Http1;

/// <summary>
/// How an answer's body ends and whether the connection may serve again. Where two parsers could disagree there is no framing but a problem: the message is not
/// passed on and the connection not used again (RFC 9112 sections 6.1, 6.3 and 11.1).
/// </summary>
/// <param name="Framing">How the end is known.</param>
/// <param name="Length">Of <see cref="BodyFraming.Length"/>: the bytes; else 0.</param>
/// <param name="KeepAlive">Whether the connection may be used again after the body.</param>
internal readonly record struct AnswerFraming(BodyFraming Framing, long Length, bool KeepAlive)
{
    /// <summary>Decides.</summary>
    /// <param name="request">What was asked.</param>
    /// <param name="head">What came.</param>
    /// <param name="framing">The framing.</param>
    /// <returns>Null, or what is wrong.</returns>
    public static string? TryDecide(RequestHead request, in AnswerHead head, out AnswerFraming framing)
    {
        framing = default;
        string? problem = FindLength(head.Fields, out long? length) ?? FindCoding(head, length, out _);
        if (problem is not null)
        {
            return problem;
        }

        bool chunked = head.Fields.Contains("Transfer-Encoding");
        bool keepAlive = !head.IsOld && !Lists.Contain(head.Fields, "Connection", "close");
        if (head.Status is < 200 or StatusCodes.Status204NoContent)
        {
            framing = new AnswerFraming(head.Status == StatusCodes.Status101SwitchingProtocols ? BodyFraming.Tunnel : BodyFraming.None, 0, keepAlive);
            return chunked || length > 0 ? $"announces a body, which a {head.Status} may not have" : CheckSwitch(request, head);
        }

        if (head.Status == StatusCodes.Status205ResetContent && length > 0)
        {
            return "announces a body, which a 205 may not have";
        }

        framing = request.Method == "HEAD" || head.Status == StatusCodes.Status304NotModified ? new AnswerFraming(BodyFraming.None, 0, keepAlive)
            : chunked ? new AnswerFraming(BodyFraming.Chunked, 0, keepAlive)
            : length is { } known ? new AnswerFraming(known == 0 ? BodyFraming.None : BodyFraming.Length, known, keepAlive)
            : new AnswerFraming(BodyFraming.ToClose, 0, KeepAlive: false);
        return null;
    }

    private static string? FindLength(FieldList fields, out long? length)
    {
        length = null;
        string? first = null;
        foreach (HeadField field in fields)
        {
            if (!field.Name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            if (first is not null && first != field.Value)
            {
                return "has two lengths that differ";
            }

            first = field.Value;
            if (!long.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out long number))
            {
                return "has a length that is no number";
            }

            length = number;
        }

        return null;
    }

    private static string? FindCoding(in AnswerHead head, long? length, out bool chunked)
    {
        chunked = false;
        foreach (HeadField field in head.Fields)
        {
            if (!field.Name.Equals("Transfer-Encoding", StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            if (chunked || !field.Value.Equals("chunked", StringComparison.OrdinalIgnoreCase))
            {
                return "has a transfer coding other than chunked";
            }

            chunked = true;
        }

        return !chunked ? null
            : length is not null ? "has both a length and a transfer coding"
            : head.IsOld ? "has a transfer coding, which HTTP/1.0 does not know"
            : null;
    }

    private static string? CheckSwitch(RequestHead request, in AnswerHead head) =>
        head.Status != StatusCodes.Status101SwitchingProtocols ? null
        : request.Protocol is not { } protocol ? "switches protocols, which nobody asked for"
        : Lists.Contain(head.Fields, "Upgrade", protocol) ? null
        : $"switches to another protocol than {protocol}";
}
