using System.Buffers;
using System.Globalization;
using System.Net;
using System.Text.Json.Serialization;
using Railgun.Hosting.Options;

namespace Railgun.Hosting.Configuration;

/// <summary>Another machine: a name or an address, and a port.</summary>
/// <param name="Host">A DNS name or an IP address, without brackets.</param>
/// <param name="Port">1 to 65535; <see cref="LinkOptions.DefaultPort"/> where the text names none.</param>
[JsonConverter(typeof(TextValueConverter<HostPort>))]
internal sealed record HostPort(string Host, int Port) : ITextValue<HostPort>
{
    private const int MaxHostLength = 253;

    private static readonly SearchValues<char> DnsCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._");

    /// <inheritdoc/>
    public static string Hint => "HOST:PORT, such as edge.example:2408 or [2001:db8::1]:2408 (without a port: 2408)";

    /// <inheritdoc/>
    public static bool TryParse(string text, out HostPort? value)
    {
        value = null;
        string host = text;
        int port = LinkOptions.DefaultPort;
        int colon = text.LastIndexOf(':');
        bool hasPort = text.StartsWith('[') ? colon > text.IndexOf(']', StringComparison.Ordinal) : colon >= 0 && text.IndexOf(':', StringComparison.Ordinal) == colon;
        if (hasPort)
        {
            host = text[..colon];
            if (!TryParsePort(text.AsSpan(colon + 1), out port) || port == 0)
            {
                return false;
            }
        }

        if (host.StartsWith('[') && host.EndsWith(']'))
        {
            host = host[1..^1];
        }

        if (!IPAddress.TryParse(host, out _) && !IsDnsName(host))
        {
            return false;
        }

        value = new HostPort(host, port);
        return true;
    }

    /// <summary>Reads a port in decimal digits, without sign or spaces.</summary>
    public static bool TryParsePort(ReadOnlySpan<char> text, out int port) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port) && port <= 65535;

    /// <summary>The text form.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{(Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]" : Host)}:{Port}");

    private static bool IsDnsName(string host) =>
        host.Length is > 0 and <= MaxHostLength && !host.AsSpan().ContainsAnyExcept(DnsCharacters);
}
