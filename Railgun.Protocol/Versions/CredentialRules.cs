using Railgun.Protocol.Heads;

namespace Railgun.Protocol.Versions;

/// <summary>
/// Tells who asks (design: decision 10): credentials are certain request fields, and all cookies but those that no answer depends on. Thread-safe;
/// each instance has a random key of its own, so principals of two instances never match.
/// </summary>
internal sealed class CredentialRules
{
    private readonly byte[] _key = KeyedHash.NewKey();
    private readonly NamePatterns _fields;
    private readonly NamePatterns _sentByScripts;
    private readonly NamePatterns _ignoredCookies;

    /// <summary>Makes rules of <paramref name="options"/>.</summary>
    public CredentialRules(CredentialOptions options)
    {
        ShareAmongAllUsers = options.ShareAmongAllUsers;
        _fields = new NamePatterns([.. KnownCredentials.Fields, .. options.CredentialHeaders], ignoreCase: true);
        _sentByScripts = new NamePatterns(options.SentByScripts, ignoreCase: true);
        _ignoredCookies = new NamePatterns(
            options.IgnoreKnownCookies ? [.. KnownCookies.Names, .. options.IgnoredCookies] : options.IgnoredCookies,
            ignoreCase: false);
    }

    /// <summary>Whether the operator lets all users share all versions.</summary>
    public bool ShareAmongAllUsers { get; }

    /// <summary>Who sent <paramref name="head"/>: <see cref="Principal.Anonymous"/> if it carries no credentials, or all users share.</summary>
    public Principal Identify(RequestHead head)
    {
        if (ShareAmongAllUsers)
        {
            return Principal.Anonymous;
        }

        var hash = new KeyedHash(_key, stackalloc byte[KeyedHash.StackBytes]);
        AddFields(ref hash, head.Fields);
        AddCookies(ref hash, head.Fields);
        if (hash.IsEmpty)
        {
            return Principal.Anonymous;
        }

        (ulong high, ulong low) = hash.Finish();
        return new Principal(high, low | 1); // never the anonymous one
    }

    /// <summary>Whether a request's field of this name is a credential, or may hold some.</summary>
    public bool IsCredential(string name) => _fields.Contains(name) || name.Equals("Cookie", StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// Whether <paramref name="head"/> carries credentials but may have been sent at another site's bidding: it gets public bases only, so that no other site
    /// can learn from the lengths of coded answers what a user's pages hold.
    /// </summary>
    public bool PublicBasesOnly(RequestHead head) => CrossSite.Suspects(head) && !Identify(head).IsAnonymous;

    /// <summary>
    /// Whether the answer's length must not tell what it holds: another site may be making a user's browser ask again and again, with guesses of what the answer holds in the
    /// request. Any coder that matches the guess against the answer would tell (BREACH), with a base or without; so such an answer is not coded, unless it is marked public. Credentials that no browser sends
    /// by itself (<see cref="CredentialOptions.SentByScripts"/>) are none that another site can have sent.
    /// </summary>
    public bool MayBeProbed(RequestHead head, ResponseHead response) =>
        CrossSite.SuspectsMany(head) && HasAmbient(head.Fields) && !CacheDirectives.Of(response.Fields).Public;

    /// <summary>Whether <paramref name="response"/> sets a cookie that is not ignored: what it holds may then be meant for one user.</summary>
    public bool SetsCredentials(ResponseHead response)
    {
        foreach (HeadField field in response.Fields)
        {
            if (field.Name.Equals("Set-Cookie", StringComparison.OrdinalIgnoreCase) && !_ignoredCookies.Contains(CookieName(field.Value)))
            {
                return true;
            }
        }

        return false;
    }

    // Credentials that a browser may have sent by itself.
    private bool HasAmbient(FieldList fields)
    {
        if (ShareAmongAllUsers)
        {
            return false;
        }

        foreach (HeadField field in fields)
        {
            if (_fields.Contains(field.Name) && !(_sentByScripts.Contains(field.Name) && !BrowserSchemes.MayBe(field)))
            {
                return true;
            }
        }

        using CookieList cookies = CookieList.Of(fields, _ignoredCookies);
        return cookies.Pairs.Length > 0;
    }

    private static ReadOnlySpan<char> CookieName(string setCookie)
    {
        ReadOnlySpan<char> pair = setCookie.AsSpan();
        int end = pair.IndexOf(';');
        pair = end < 0 ? pair : pair[..end];
        int equals = pair.IndexOf('=');
        return equals < 0 ? default : pair[..equals].Trim(" \t");
    }

    private void AddFields(ref KeyedHash hash, FieldList fields)
    {
        foreach (HeadField field in fields)
        {
            if (_fields.Contains(field.Name))
            {
                hash.AddLower(field.Name);
                hash.Add(field.Value);
            }
        }
    }

    private void AddCookies(ref KeyedHash hash, FieldList fields)
    {
        using CookieList cookies = CookieList.Of(fields, _ignoredCookies);
        foreach (CookiePair pair in cookies.Pairs)
        {
            hash.Add("cookie");
            hash.Add(pair.Text);
        }
    }
}
