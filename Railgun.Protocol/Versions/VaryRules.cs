using Railgun.Protocol.Heads;

namespace Railgun.Protocol.Versions;

/// <summary>
/// What <c>Vary</c> (RFC 9110 section 12.5.5) says about users. By what else an answer varies (language, device) does not matter here: likeness
/// finds the better base. But <c>*</c> means that it may depend on things outside the request, the client's address among them, and a field that is
/// neither a credential nor known to be harmless may say who the user is.
/// </summary>
internal static class VaryRules
{
    private static readonly NamePatterns Harmless = new(
        [
            "Accept", "Accept-*", "Access-Control-Request-*", "Content-Type", "Origin", "Referer", "Host", "User-Agent", "Save-Data", "Sec-*", "DNT", "Range", "Prefer",
            "DPR", "Width", "Viewport-*", "Device-Memory", "Downlink", "ECT", "RTT", "Available-Dictionary", "Dictionary-Id", "Upgrade-Insecure-Requests",
            "X-Forwarded-Host", "X-Forwarded-Proto", "X-Forwarded-Port", "X-Forwarded-Scheme", "X-HTTP-Method-Override", "X-Requested-With",
            "RSC", "Next-*", "HX-*", "X-Inertia*", "X-PJAX*", "Turbo-*", "X-Device", "X-Device-Type", "X-UA-Device", "X-Language", "X-Country", "X-Country-Code", "Fastly-SSL",
            "CloudFront-Is-*", "CloudFront-Forwarded-Proto", "CloudFront-Viewer-Country", "CloudFront-Viewer-HTTP-Version",

            // A request that carries credentials never gets here; what is left of its cookies is ignored on purpose.
            "Cookie", "Authorization",
        ],
        ignoreCase: true);

    /// <summary>Whether <paramref name="response"/> varies by something that may tell users without credentials apart.</summary>
    public static bool MayTellUsersApart(RequestHead request, ResponseHead response)
    {
        foreach (HeadField field in response.Fields)
        {
            if (field.Name.Equals("Vary", StringComparison.OrdinalIgnoreCase) && AnyTells(field.Value, request))
            {
                return true;
            }
        }

        return false;
    }

    private static bool AnyTells(ReadOnlySpan<char> names, RequestHead request)
    {
        // Names are tokens: a quote is no reason to take several for one.
        foreach (Range part in names.Split(','))
        {
            ReadOnlySpan<char> name = names[part].Trim(" \t\"");
            if (name is "*" || (!Harmless.Contains(name) && IsSent(request, name)))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsSent(RequestHead request, ReadOnlySpan<char> name)
    {
        foreach (HeadField field in request.Fields)
        {
            if (name.Equals(field.Name, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
