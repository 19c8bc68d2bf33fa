using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using Railgun.Protocol.Engine;
using Railgun.Protocol.Identity;

namespace Railgun.Protocol.Transport;

/// <summary>A TCP connection with TLS over it, ready for a lane.</summary>
internal sealed class LaneConnection : IAsyncDisposable
{
    private readonly Socket _socket;
    private readonly BatchingStream _batches;

    /// <summary>Wraps a connected socket; handshake next.</summary>
    public LaneConnection(Socket socket)
    {
        _socket = socket;
        // A socket of both families calls IPv4 addresses ::ffff:192.0.2.1; nobody else does.
        Remote = socket.RemoteEndPoint is IPEndPoint { Address.IsIPv4MappedToIPv6: true } mapped ? new IPEndPoint(mapped.Address.MapToIPv4(), mapped.Port) : socket.RemoteEndPoint;
        socket.NoDelay = true;
        Tcp = new TcpTuning(socket);
        Tcp.LimitUnsent(TcpTuning.FirstUnsent);

        Counter = new CountingStream(new NetworkStream(socket, ownsSocket: true));
        _batches = new BatchingStream(Counter);
        Stream = new SslStream(_batches);
    }

    /// <summary>What the kernel is asked for and tells.</summary>
    public TcpTuning Tcp { get; }

    /// <summary>Counts bytes under TLS.</summary>
    public CountingStream Counter { get; }

    /// <summary>The encrypted stream.</summary>
    public SslStream Stream { get; }

    /// <summary>The other side's address.</summary>
    public EndPoint? Remote { get; }

    /// <summary>The other side's key, after the handshake.</summary>
    public Fingerprint Fingerprint { get; private set; }

    /// <summary>The TLS handshake of the side that accepted.</summary>
    public async Task AcceptAsync(NodeIdentity identity, CancellationToken cancellation)
    {
        var presented = new PresentedKey();
        await Stream.AuthenticateAsServerAsync(LinkTls.ForAccepting(identity, presented), cancellation).ConfigureAwait(false);
        Finish(presented);
    }

    /// <summary>The TLS handshake of the side that dialled.</summary>
    public async Task DialAsync(NodeIdentity identity, string host, CancellationToken cancellation)
    {
        var presented = new PresentedKey();
        await Stream.AuthenticateAsClientAsync(LinkTls.ForDialling(identity, host, presented), cancellation).ConfigureAwait(false);
        Finish(presented);
    }

    /// <summary>Reads and decrypts what is there.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<int> ReadAsync(Memory<byte> buffer) => await Stream.ReadAsync(buffer).ConfigureAwait(false);

    /// <summary>Encrypts and writes; what takes several records goes to the kernel at once.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length <= LaneOutbound.RecordSize)
        {
            await Stream.WriteAsync(bytes).ConfigureAwait(false);
            return;
        }

        _batches.Hold();
        try
        {
            await Stream.WriteAsync(bytes).ConfigureAwait(false);
        }
        finally
        {
            await _batches.ReleaseAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Says goodbye (close_notify, FIN), lets the reader see the peer's end within <paramref name="timeout"/>, and closes.</summary>
    public async Task CloseAsync(Task reader, TimeSpan timeout)
    {
        try
        {
            await Stream.ShutdownAsync().ConfigureAwait(false);
            _socket.Shutdown(SocketShutdown.Send);
            await reader.WaitAsync(timeout).ConfigureAwait(false);
        }
        catch (Exception)
        {
            // The line is gone already, or the peer has gone first or does not answer: there is nobody to say goodbye to. How the TLS library says so has a type of its own on each platform.
        }

        await DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Breaks the connection off: reads and writes under way end.</summary>
    public void Abort() => _socket.Dispose();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Stream.DisposeAsync().ConfigureAwait(false);
        _socket.Dispose();
    }

    private void Finish(PresentedKey presented)
    {
        if (Stream.NegotiatedApplicationProtocol != LinkTls.Protocol)
        {
            throw new System.Security.Authentication.AuthenticationException("the other side did not ask for railgun/1 by ALPN: is it a Railgun of this version?");
        }

        Fingerprint = presented.Fingerprint;
    }
}
