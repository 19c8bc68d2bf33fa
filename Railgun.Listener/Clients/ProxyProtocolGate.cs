using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Railgun.Listener.Startup;

namespace Railgun.Listener.Clients;

/// <summary>
/// Stands before TLS and HTTP on each connection: where it comes from a balancer that speaks the PROXY protocol, it reads the header and puts the client's address in
/// place of the balancer's. A connection that should have one and has none, or a wrong one, is closed without a word. Step 1 of a request's life.
/// </summary>
/// <param name="options">Who speaks it.</param>
/// <param name="time">The clock.</param>
internal sealed class ProxyProtocolGate(ProxyProtocolOptions options, TimeProvider time)
{
    private readonly List<IPNetwork> _from = Networks.Read(options.From);

    /// <summary>Lets a connection through to <paramref name="next"/>.</summary>
    public async Task PassAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        if (Networks.Contain(_from, (connection.RemoteEndPoint as IPEndPoint)?.Address) && !await TryReadHeaderAsync(connection))
        {
            connection.Abort(new ConnectionAbortedException("There is no header of the PROXY protocol."));
            return;
        }

        await next(connection);
    }

    private async Task<bool> TryReadHeaderAsync(ConnectionContext connection)
    {
        using var limit = new CancellationTokenSource(options.Timeout, time);
        PipeReader input = connection.Transport.Input;
        try
        {
            while (true)
            {
                ReadResult read = await input.ReadAsync(limit.Token);
                ProxyHeaderStatus status = Look(read.Buffer, out int length, out IPEndPoint? client);
                if (status == ProxyHeaderStatus.Done)
                {
                    input.AdvanceTo(read.Buffer.GetPosition(length));
                    connection.RemoteEndPoint = client ?? connection.RemoteEndPoint;

                    // It ends at the balancer: nobody shall take it for the client's.
                    connection.Features.Set<IConnectionSocketFeature>(null);
                    return true;
                }

                input.AdvanceTo(read.Buffer.Start, read.Buffer.End);
                if (status == ProxyHeaderStatus.Refused || read.IsCompleted)
                {
                    return false;
                }
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            return false;
        }
    }

    private static ProxyHeaderStatus Look(in ReadOnlySequence<byte> buffer, out int length, out IPEndPoint? client)
    {
        if (buffer.IsSingleSegment)
        {
            return ProxyHeader.TryRead(buffer.FirstSpan, out length, out client);
        }

        return ProxyHeader.TryRead(buffer.Slice(0, Math.Min(buffer.Length, ProxyHeader.MaxLength)).ToArray(), out length, out client);
    }
}
