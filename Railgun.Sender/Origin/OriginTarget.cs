using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace Railgun.Sender.Origin;

/// <summary>
/// Makes the URL that has the HTTP client send a target byte for byte. A target is text of a client's making: unless it begins with a slash it
/// could move the end of the authority and choose another origin, so nothing else is let through.
/// </summary>
internal static class OriginTarget
{
    /// <summary>The asterisk-form (RFC 9112 section 3.2.4).</summary>
    public const string Asterisk = "*";

    private static readonly UriCreationOptions Raw = new() { DangerousDisablePathAndQueryCanonicalization = true };

    // Visible ASCII, but no "#": a target has no fragment (RFC 9112 section 3.2), and many origins cut it there while others, and the routes at the edge, read on.
    // The HTTP client checks none of this on its way to the wire.
    private static readonly SearchValues<char> Sendable = SearchValues.Create(
        "!\"$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~");

    private static readonly SearchValues<char> HostChars = SearchValues.Create(
        "-._~%!$&'()*+,;=:[]0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    /// <summary>The characters of a token (RFC 9110 section 5.6.2).</summary>
    public static SearchValues<char> TokenChars { get; } = SearchValues.Create(
        "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    /// <summary>Whether the target is in origin-form and can be sent as it is.</summary>
    public static bool IsSendable(string target) => target.StartsWith('/') && !target.AsSpan().ContainsAnyExcept(Sendable);

    /// <summary>Whether the text can be the value of <c>Host</c>: host and port without user (RFC 9110 section 7.2). Empty is allowed.</summary>
    public static bool IsHost(string authority) => !authority.AsSpan().ContainsAnyExcept(HostChars);

    /// <summary>The URL of <paramref name="target"/> at <paramref name="authority"/>; false for what is not in origin-form.</summary>
    public static bool TryMakeUrl(string authority, string target, [NotNullWhen(true)] out Uri? url)
    {
        url = null;
        return IsSendable(target) && Uri.TryCreate(string.Concat("http://", authority, target), Raw, out url);
    }
}
