using System.Collections.Frozen;
using Railgun.Protocol.Engine;
using Railgun.Protocol.Heads;

namespace Railgun.Sender.Origin.Http1;

/// <summary>Trailer fields that are passed on: without those that frame, route or authenticate a message (RFC 9110 section 6.5.1), which came too late to mean anything.</summary>
internal static class TrailerFields
{
    private static readonly FrozenSet<string> Refused = new[]
    {
        "Authorization", "Content-Encoding", "Content-Length", "Content-Range", "Content-Type", "Cookie", "Host", "Max-Forwards", "Proxy-Authorization",
        "Set-Cookie", "Trailer", ErrorField.Name,
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>The fields that pass.</summary>
    public static FieldList Passed(FieldList trailers)
    {
        FieldList passed = new(trailers.Count);
        foreach (HeadField field in trailers)
        {
            if (!HopByHop.Is(field.Name) && !Refused.Contains(field.Name))
            {
                passed.Add(field.Name, field.Value);
            }
        }

        return passed;
    }
}
