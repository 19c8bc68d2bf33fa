using System.Globalization;
using System.Text;
using Railgun.Protocol.Heads;

namespace Railgun.Fuzz.Targets.Rules;

/// <summary>The heads of a request and its response, told as text: a line with method, target and host, one for each field, an empty line, the status, and its fields.</summary>
/// <param name="Request">The request.</param>
/// <param name="Response">The response.</param>
internal sealed record ToldExchange(RequestHead Request, ResponseHead Response)
{
    /// <summary>Reads it; what is missing is made up.</summary>
    public static ToldExchange Of(ReadOnlySpan<byte> text)
    {
        string[] lines = Encoding.Latin1.GetString(text).Split('\n');
        string[] first = lines[0].Split(' ');
        int end = Array.FindIndex(lines, 1, static line => line.Length == 0);
        end = end < 0 ? lines.Length : end;
        bool hasStatus = end + 1 < lines.Length && int.TryParse(lines[end + 1], NumberStyles.None, CultureInfo.InvariantCulture, out int told) && told is >= 100 and <= 999;
        var request = new RequestHead
        {
            Method = first[0],
            Scheme = "https",
            Target = first.Length > 1 ? first[1] : "/",
            Authority = first.Length > 2 ? first[2] : "a.example",
            Fields = Fields(lines.AsSpan(Math.Min(1, end)..end)),
        };
        int status = hasStatus ? int.Parse(lines[end + 1], CultureInfo.InvariantCulture) : 200;
        return new ToldExchange(request, new ResponseHead { Status = status, Fields = Fields(lines.AsSpan(Math.Min(end + 2, lines.Length))) });
    }

    /// <summary>The same request with other fields.</summary>
    public RequestHead With(FieldList fields) =>
        new() { Method = Request.Method, Scheme = Request.Scheme, Authority = Request.Authority, Target = Request.Target, Fields = fields };

    /// <summary>A copy of fields with one more.</summary>
    public static FieldList And(FieldList fields, string name, string value)
    {
        FieldList more = fields.From(0);
        more.Add(name, value);
        return more;
    }

    private static FieldList Fields(ReadOnlySpan<string> lines)
    {
        var fields = new FieldList();
        foreach (string line in lines)
        {
            int colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0)
            {
                fields.Add(line[..colon], line[(colon + 1)..].Trim(' ', '\t'));
            }
        }

        return fields;
    }
}
