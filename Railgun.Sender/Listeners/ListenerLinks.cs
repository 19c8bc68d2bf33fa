using System.Net.Sockets;
using Railgun.Hosting.Configuration;
using Railgun.Hosting.Running;
using Railgun.Protocol.Transport;
using LinkOptions = Railgun.Hosting.Options.LinkOptions;

namespace Railgun.Sender.Listeners;

/// <summary>Opens the links with the listeners: dials those that are named, and accepts lanes where that is configured.</summary>
internal static class ListenerLinks
{
    /// <summary>Begins to dial and to accept; does not wait for lanes.</summary>
    /// <param name="hub">The links.</param>
    /// <param name="options">With whom.</param>
    /// <param name="opened">Gets a line for each.</param>
    /// <exception cref="StartupException">Lanes can't be accepted where they should.</exception>
    public static void Open(LinkHub hub, LinkOptions options, List<string> opened)
    {
        foreach (ListenAddress address in options.Listen)
        {
            opened.Add($"link: {Listen(hub, address)}");
        }

        foreach (HostPort listener in options.Dial)
        {
            hub.Dial(listener.Host, listener.Port);
            opened.Add($"link: dials {listener}");
        }
    }

    private static string Listen(LinkHub hub, ListenAddress address)
    {
        try
        {
            return hub.Listen(address.ToEndPoint()).ToString();
        }
        catch (SocketException e)
        {
            throw new StartupException($"lanes can't be accepted on {address}: {e.Message}; free the port, or write another with --link", e);
        }
    }
}
