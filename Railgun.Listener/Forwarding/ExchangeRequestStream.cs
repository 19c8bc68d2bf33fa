using Railgun.Protocol.Transport;

namespace Railgun.Listener.Forwarding;

/// <summary>Where the proxy copies the client's request body: onto the exchange. Step 3 of a request's life.</summary>
/// <param name="exchange">The exchange.</param>
internal sealed class ExchangeRequestStream(ListenerExchange exchange) : SequentialStream
{
    private volatile bool _stopped;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <summary>The answer is complete: nobody needs more of the body, so the copying is made to fail instead of draining the client.</summary>
    public void Stop() => _stopped = true;

    /// <inheritdoc/>
    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        _stopped
            ? ValueTask.FromException(new IOException("The response ended before the request's body did."))
            : exchange.WriteAsync(buffer, cancellationToken);

    /// <inheritdoc/>
    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
