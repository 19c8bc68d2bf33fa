namespace Railgun.Listener.Clients;

/// <summary>The request target as a client sent it (RFC 9112 section 3.2).</summary>
internal static class RawTarget
{
    /// <summary>The origin-form of a target: what it is, or what follows the authority of the absolute-form. <c>*</c> stays.</summary>
    public static string Of(string target)
    {
        if (target.StartsWith('/') || target == "*")
        {
            return target;
        }

        int authority = target.IndexOf("://", StringComparison.Ordinal);
        if (authority < 0)
        {
            return target.Length == 0 ? "/" : target;
        }

        int path = target.AsSpan(authority + 3).IndexOfAny('/', '?');
        if (path < 0)
        {
            return "/";
        }

        path += authority + 3;
        return target[path] == '/' ? target[path..] : $"/{target.AsSpan(path)}";
    }
}
