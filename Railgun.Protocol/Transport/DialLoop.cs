using System.Net.Sockets;
using Railgun.Protocol.Engine;

namespace Railgun.Protocol.Transport;

/// <summary>Keeps one lane dialled: connects, carries, and after its end waits as <see cref="ReconnectSchedule"/> says.</summary>
internal sealed class DialLoop(LinkHub hub, LaneMaker maker, string host, int port, int seed)
{
    private readonly ReconnectSchedule _schedule = new(seed);

    /// <summary>Runs until cancelled.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            TimeSpan lived = await OnceAsync(stopping).ConfigureAwait(false);
            _schedule.Ended(lived);
            try
            {
                await Task.Delay(_schedule.NextWait(maker.Now), hub.Options.Time, stopping).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private async Task<TimeSpan> OnceAsync(CancellationToken stopping)
    {
        Lane? lane = await ConnectAsync(stopping).ConfigureAwait(false);
        if (lane is null)
        {
            return TimeSpan.Zero;
        }

        await hub.CarryAsync(lane).ConfigureAwait(false);
        return lane.OpenedAt == 0 ? TimeSpan.Zero : TimeSpan.FromTicks(maker.Now - lane.OpenedAt);
    }

    private async Task<Lane?> ConnectAsync(CancellationToken stopping)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        LaneConnection? connection = null;
        try
        {
            using var timeout = new CancellationTokenSource(hub.Options.ConnectTimeout, hub.Options.Time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, stopping);
            await socket.ConnectAsync(host, port, either.Token).ConfigureAwait(false);
            connection = new LaneConnection(socket);
            await connection.DialAsync(hub.Options.Identity, host, either.Token).ConfigureAwait(false);
            return maker.Make(connection, dialled: true);
        }
        catch (Exception e)
        {
            socket.Dispose();
            if (connection is not null)
            {
                await connection.DisposeAsync().ConfigureAwait(false);
            }

            if (!stopping.IsCancellationRequested)
            {
                maker.ReportFailure($"{host}:{port}", dialled: true, e);
            }

            return null;
        }
    }
}
