using System.Net;
using System.Net.Sockets;
using Railgun.Hosting.Configuration;

namespace Railgun.Listener.Startup;

/// <summary>Lists of addresses and networks in the configuration: <c>192.0.2.1</c>, <c>192.0.2.0/24</c>, <c>2001:db8::/32</c>.</summary>
internal static class Networks
{
    /// <summary>The most entries of one list.</summary>
    public const int Most = 64;

    /// <summary>Names every mistake.</summary>
    public static void Validate(Mistakes mistakes, string path, List<string> entries)
    {
        mistakes.AtMost(path, entries.Count, Most);
        for (int i = 0; i < entries.Count; i++)
        {
            if (!TryParse(entries[i], out _))
            {
                mistakes.Add($"{path}[{i}]", $"'{entries[i]}' is no address", "write an address or a network, such as 192.0.2.0/24");
            }
        }
    }

    /// <summary>Those that can be read.</summary>
    public static List<IPNetwork> Read(List<string> entries)
    {
        var networks = new List<IPNetwork>(entries.Count);
        foreach (string entry in entries)
        {
            if (TryParse(entry, out IPNetwork network))
            {
                networks.Add(network);
            }
        }

        return networks;
    }

    /// <summary>Whether one of the networks has the address; IPv4 in IPv6's clothes is IPv4.</summary>
    public static bool Contain(List<IPNetwork> networks, IPAddress? address)
    {
        if (address is null)
        {
            return false;
        }

        IPAddress plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        foreach (IPNetwork network in networks)
        {
            if (network.Contains(plain))
            {
                return true;
            }
        }

        return false;
    }

    private static bool TryParse(string text, out IPNetwork network)
    {
        network = default;
        return text.Contains('/', StringComparison.Ordinal)
            ? IPNetwork.TryParse(text, out network)
            : IPAddress.TryParse(text, out IPAddress? address)
                && IPNetwork.TryParse($"{address}/{(address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128)}", out network);
    }
}
