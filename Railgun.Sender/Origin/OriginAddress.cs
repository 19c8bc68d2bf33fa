using System.Diagnostics.CodeAnalysis;

namespace Railgun.Sender.Origin;

/// <summary>Where the origin is, as the configuration says it.</summary>
/// <param name="Host">Name or address, IPv6 without brackets.</param>
/// <param name="Port">1 to 65535.</param>
/// <param name="Tls">Whether TLS is spoken.</param>
internal sealed record OriginAddress(string Host, int Port, bool Tls)
{
    /// <summary>Host and port, for messages and for a request that names no authority.</summary>
    public string Authority { get; } = Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]:{Port}" : $"{Host}:{Port}";

    /// <summary>Reads the address from an absolute URL without path, query or user.</summary>
    public static bool TryParse(string? url, [NotNullWhen(true)] out OriginAddress? address)
    {
        address = null;
        if (!Uri.TryCreate(url, UriKind.Absolute, out Uri? uri)
            || (uri.Scheme != Uri.UriSchemeHttp && uri.Scheme != Uri.UriSchemeHttps)
            || uri.PathAndQuery != "/" || uri.Fragment.Length > 0 || uri.UserInfo.Length > 0 || uri.Port is < 1 or > ushort.MaxValue)
        {
            return false;
        }

        address = new OriginAddress(uri.DnsSafeHost, uri.Port, uri.Scheme == Uri.UriSchemeHttps);
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => Authority;
}
