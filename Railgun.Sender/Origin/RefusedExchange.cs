namespace Railgun.Sender.Origin;

/// <summary>A question that was not put: its one event says why.</summary>
internal sealed class RefusedExchange(OriginFailure failure) : IOriginExchange
{
    /// <inheritdoc/>
    public ValueTask<OriginEvent> ReadAsync(Memory<byte> buffer) => ValueTask.FromResult(OriginEvent.Failed(failure));

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
