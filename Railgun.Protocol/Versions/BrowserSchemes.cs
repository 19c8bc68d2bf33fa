using Railgun.Protocol.Heads;

namespace Railgun.Protocol.Versions;

/// <summary>Schemes of authentication (RFC 9110 section 11.1) that browsers have of their own: once a user has given a password, they send it with every request to the site, whoever asked for it.</summary>
internal static class BrowserSchemes
{
    private static readonly string[] Names = ["Basic", "Digest", "NTLM", "Negotiate", "Kerberos", "HOBA", "Mutual"];

    /// <summary>Whether the field is <c>Authorization</c>, or its like for proxies, with such a scheme or none.</summary>
    public static bool MayBe(HeadField field)
    {
        if (!field.Name.EndsWith("Authorization", StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        ReadOnlySpan<char> scheme = field.Value.AsSpan().Trim(" \t");
        int end = scheme.IndexOfAny(' ', '\t');
        if (end < 0)
        {
            return true;
        }

        foreach (string name in Names)
        {
            if (scheme[..end].Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
