using System.Net;
using System.Net.Sockets;

namespace Railgun.Try.Processes;

/// <summary>Ports of 127.0.0.1 that nobody listens on.</summary>
internal static class LoopbackPorts
{
    /// <summary>Whether nobody listens on the port now.</summary>
    public static bool IsFree(int port)
    {
        try
        {
            using var probe = new TcpListener(IPAddress.Loopback, port);
            probe.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>Different free ports. All are held until the last is found, so that no two are the same.</summary>
    public static int[] Take(int count)
    {
        var probes = new TcpListener[count];
        try
        {
            for (int i = 0; i < count; i++)
            {
                probes[i] = new TcpListener(IPAddress.Loopback, 0);
                probes[i].Start();
            }

            return [.. probes.Select(p => ((IPEndPoint)p.LocalEndpoint).Port)];
        }
        finally
        {
            foreach (TcpListener probe in probes)
            {
                probe?.Dispose();
            }
        }
    }
}
