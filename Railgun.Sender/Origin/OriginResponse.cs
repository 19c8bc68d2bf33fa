using System.Globalization;
using System.Net.Http.Headers;
using Railgun.Protocol.Engine;
using Railgun.Protocol.Heads;

namespace Railgun.Sender.Origin;

/// <summary>Reads heads and trailers out of the HTTP client's messages, each field line as the origin sent it, without those of the connection and of Railgun's own.</summary>
internal static class OriginResponse
{
    /// <summary>The head, or null with the reason why it is not passed on.</summary>
    public static ResponseHead? ReadHead(HttpResponseMessage message, out string? reason)
    {
        FieldList fields = new();
        Add(fields, message.Headers.NonValidated);
        Add(fields, message.Content.Headers.NonValidated);
        bool chunked = fields.Contains("Transfer-Encoding");
        fields = HopByHop.Without(fields);
        fields.Remove(ErrorField.Name);
        ResponseHead head = new() { Status = (int)message.StatusCode, Fields = fields };
        reason = CheckLength(fields, chunked) ?? HeadCheck.Problem(head);
        return reason is null ? head : null;
    }

    /// <summary>The trailer section, or null where there is none.</summary>
    public static FieldList? ReadTrailers(HttpResponseMessage message)
    {
        HttpHeadersNonValidated trailers = message.TrailingHeaders.NonValidated;
        if (trailers.Count == 0)
        {
            return null;
        }

        FieldList fields = new(trailers.Count);
        Add(fields, trailers);
        return fields;
    }

    private static void Add(FieldList fields, HttpHeadersNonValidated headers)
    {
        foreach (KeyValuePair<string, HeaderStringValues> header in headers)
        {
            foreach (string value in header.Value)
            {
                fields.Add(header.Key, value);
            }
        }
    }

    // Two lengths are what two parsers read differently (RFC 9112 section 6.3): refused. Equal ones become one; beside a transfer coding it goes.
    private static string? CheckLength(FieldList fields, bool chunked)
    {
        string? first = fields.First("Content-Length");
        if (first is null)
        {
            return null;
        }

        foreach (HeadField field in fields)
        {
            if (field.Name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase) && field.Value != first)
            {
                return "the head has two lengths that differ";
            }
        }

        if (!long.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out _))
        {
            return "the head has a length that is no number";
        }

        fields.Remove("Content-Length");
        if (!chunked)
        {
            fields.Add("Content-Length", first);
        }

        return null;
    }
}
