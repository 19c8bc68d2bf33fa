using System.Collections.Frozen;
using System.Globalization;
using Railgun.Protocol.Heads;
using Railgun.Protocol.Versions;

namespace Railgun.Listener.Clients.Compression;

/// <summary>
/// Which responses are compressed for a client, and with what. Step 9 of a request's life (ARCHITECTURE.md).
/// </summary>
/// <param name="enabled">Whether the listener compresses at all.</param>
/// <param name="credentials">Tells whose answers' lengths must not tell what they hold.</param>
internal sealed class CompressionRules(bool enabled, CredentialRules credentials)
{
    /// <summary>Bodies known to be shorter than this many bytes pass as they are: they fit one packet either way.</summary>
    public const int MinLength = 512;

    // A digest promises exactly these bytes, a signature may be over the fields that describe them; a range or a coding is already a choice of the origin's.
    private static readonly FrozenSet<string> FixedBy = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "Content-Encoding", "Content-Range", "Content-Digest", "Repr-Digest", "Digest", "Content-MD5", "Signature", "Signature-Input");

    /// <summary>Decides for one response. Depends on the heads only, so HEAD and GET get the same answer.</summary>
    public CompressionDecision Decide(RequestHead request, ResponseHead response)
    {
        if (!enabled || !HasBody(response.Status) || !MayChange(request.Fields, response.Fields) || IsShort(response.Fields))
        {
            return CompressionDecision.AsItIs;
        }

        // A range of the coded body can't be served, so a client that asks for ranges gets the plain one.
        bool plain = request.Fields.Contains("Range") || credentials.MayBeProbed(request, response);
        return new CompressionDecision(true, plain ? ClientCoding.Identity : AcceptEncoding.Choose(Joined(request.Fields)));
    }

    private static bool HasBody(int status) => status >= 200 && status is not (204 or 205 or 206 or 304);

    private static bool MayChange(FieldList request, FieldList response)
    {
        if (!CompressibleTypes.Contains(response.First("Content-Type")) || HasToken(request, "Cache-Control", "no-transform"))
        {
            return false;
        }

        foreach (HeadField field in response)
        {
            if (FixedBy.Contains(field.Name)
                || (Is(field, "Cache-Control") && field.Value.Contains("no-transform", StringComparison.OrdinalIgnoreCase)))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsShort(FieldList response) =>
        long.TryParse(response.First("Content-Length"), NumberStyles.None, CultureInfo.InvariantCulture, out long length) && length < MinLength;

    private static string? Joined(FieldList request)
    {
        string? value = null;
        foreach (HeadField field in request)
        {
            if (Is(field, "Accept-Encoding"))
            {
                value = value is null ? field.Value : $"{value},{field.Value}";
            }
        }

        return value;
    }

    private static bool HasToken(FieldList fields, string name, string token)
    {
        foreach (HeadField field in fields)
        {
            if (Is(field, name) && field.Value.Contains(token, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Is(HeadField field, string name) => field.Name.Equals(name, StringComparison.OrdinalIgnoreCase);
}
