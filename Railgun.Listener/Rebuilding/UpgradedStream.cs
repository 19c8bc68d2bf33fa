using Railgun.Protocol.Transport;

namespace Railgun.Listener.Rebuilding;

/// <summary>Both directions of an exchange that has switched protocols, for example to WebSocket: what is read comes from the origin, what is written goes there.</summary>
/// <param name="source">What comes from the origin; owned.</param>
/// <param name="exchange">Where writes go.</param>
internal sealed class UpgradedStream(IBodySource source, ListenerExchange exchange) : BodyStream(source)
{
    private bool _completed;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        exchange.WriteAsync(buffer, cancellationToken);

    /// <inheritdoc/>
    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing && !_completed)
        {
            _completed = true;
            exchange.Complete();
        }

        base.Dispose(disposing);
    }
}
