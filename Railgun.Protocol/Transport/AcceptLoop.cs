using System.Net.Sockets;

namespace Railgun.Protocol.Transport;

/// <summary>Accepts connections and makes lanes of them. A connection that fails costs nobody else anything; handshakes at once are bounded.</summary>
internal sealed class AcceptLoop(LinkHub hub, LaneMaker maker, Socket socket)
{
    /// <summary>Runs until cancelled.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        using Socket listening = socket;
        var handshakes = new SemaphoreSlim(hub.Options.MaxHandshakes);
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await handshakes.WaitAsync(stopping).ConfigureAwait(false);
                Socket accepted = await listening.AcceptAsync(stopping).ConfigureAwait(false);
                _ = Task.Run(() => ServeAsync(accepted, handshakes), CancellationToken.None);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (SocketException e)
            {
                // Out of file descriptors, or the client is gone already: others may still come.
                handshakes.Release();
                maker.ReportFailure(listening.LocalEndPoint?.ToString() ?? "", dialled: false, e);
                await Task.Delay(TimeSpan.FromMilliseconds(100), hub.Options.Time, CancellationToken.None).ConfigureAwait(false);
            }
        }
    }

    private async Task ServeAsync(Socket accepted, SemaphoreSlim handshakes)
    {
        string remote = "";
        Lane? lane;
        try
        {
            remote = accepted.RemoteEndPoint?.ToString() ?? "";
            lane = await HandshakeAsync(accepted, remote).ConfigureAwait(false);
        }
        catch (SocketException e)
        {
            accepted.Dispose();
            maker.ReportFailure(remote, dialled: false, e);
            lane = null;
        }
        finally
        {
            handshakes.Release();
        }

        if (lane is not null)
        {
            await hub.CarryAsync(lane).ConfigureAwait(false);
        }
    }

    private async Task<Lane?> HandshakeAsync(Socket accepted, string remote)
    {
        var connection = new LaneConnection(accepted);
        try
        {
            using var timeout = new CancellationTokenSource(hub.Options.ConnectTimeout, hub.Options.Time);
            await connection.AcceptAsync(hub.Options.Identity, timeout.Token).ConfigureAwait(false);
            return maker.Make(connection, dialled: false);
        }
        catch (Exception e)
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            maker.ReportFailure(remote, dialled: false, e);
            return null;
        }
    }
}
