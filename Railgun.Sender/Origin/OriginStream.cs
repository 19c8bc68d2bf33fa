using System.Net.Sockets;
using Railgun.Protocol.Transport;

namespace Railgun.Sender.Origin;

/// <summary>
/// A connection to the origin, as the HTTP client has it. An origin may answer before it has read a request's body, and close: a login that ran out, an upload
/// that is too large. The client would stop at the write that fails; here such a write is let fall, so that it goes on to read what the origin had to say.
/// </summary>
internal class OriginStream(Stream inner) : ForwardingStream(inner)
{
    private bool _closedForWriting;

    /// <inheritdoc/>
    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_closedForWriting)
        {
            return ValueTask.CompletedTask;
        }

        ValueTask write = base.WriteAsync(buffer, cancellationToken);
        return write.IsCompletedSuccessfully ? write : ForgiveAsync(write);
    }

    private async ValueTask ForgiveAsync(ValueTask write)
    {
        try
        {
            await write;
        }
        catch (IOException e) when (e.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionReset or SocketError.Shutdown or SocketError.ConnectionAborted })
        {
            _closedForWriting = true;
        }
    }
}
