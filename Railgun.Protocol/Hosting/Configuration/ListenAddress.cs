using System.Globalization;
using System.Net;
using System.Text.Json.Serialization;

namespace Railgun.Hosting.Configuration;

/// <summary>Where this machine listens: an IP address of its own, or all of them, and a port.</summary>
/// <param name="Address">The address; <see cref="IPAddress.Any"/> or <see cref="IPAddress.IPv6Any"/> for all.</param>
/// <param name="Port">0 to 65535; 0 takes a free one.</param>
[JsonConverter(typeof(TextValueConverter<ListenAddress>))]
internal sealed record ListenAddress(IPAddress Address, int Port) : ITextValue<ListenAddress>
{
    /// <inheritdoc/>
    public static string Hint => "IP:PORT, such as 127.0.0.1:8080, 0.0.0.0:80 or [::]:80";

    /// <summary>Whether only this machine reaches it.</summary>
    public bool IsLoopback => IPAddress.IsLoopback(Address);

    /// <inheritdoc/>
    public static bool TryParse(string text, out ListenAddress? value)
    {
        value = null;
        int colon = text.LastIndexOf(':');
        if (colon < 0 || !HostPort.TryParsePort(text.AsSpan(colon + 1), out int port))
        {
            return false;
        }

        ReadOnlySpan<char> host = text.AsSpan(0, colon);
        IPAddress? address;
        if (host.Length == 0 || host is "*")
        {
            address = IPAddress.IPv6Any;
        }
        else if (host is "localhost")
        {
            address = IPAddress.Loopback;
        }
        else if (host.StartsWith("[") == host.EndsWith("]") && host.StartsWith("[") == host.Contains(':') && IPAddress.TryParse(host.Trim("[]"), out IPAddress? ip))
        {
            address = ip;
        }
        else
        {
            return false;
        }

        value = new ListenAddress(address, port);
        return true;
    }

    /// <summary>The same as an end point.</summary>
    public IPEndPoint ToEndPoint() => new(Address, Port);

    /// <summary>The text form.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{(Address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 ? $"[{Address}]" : Address.ToString())}:{Port}");
}
