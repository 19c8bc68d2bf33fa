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

    // Visible ASCII. The HTTP client checks none of this on its way to the wire.
    private static readonly SearchValues<char> Sendable = SearchValues.Create(
        "!\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~");

    /// <summary>The URL of <paramref name="target"/> at <paramref name="authority"/>; false for what is not in origin-form.</summary>
    public static bool TryMakeUrl(string authority, string target, [NotNullWhen(true)] out Uri? url)
    {
        url = null;
        return target.StartsWith('/')
            && !target.AsSpan().ContainsAnyExcept(Sendable)
            && Uri.TryCreate(string.Concat("http://", authority, target), Raw, out url);
    }
}
