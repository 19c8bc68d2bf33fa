using Railgun.Protocol.Deltas.Signatures;
using Railgun.Protocol.Engine;
using Railgun.Protocol.Heads;

namespace Railgun.Protocol.Transport;

/// <summary>
/// One exchange (a request and its response) as the listener drives it. One reader and one writer at a time, which may be different threads.
/// Disposing an exchange that has not ended resets it.
/// </summary>
internal abstract class ListenerExchange : IAsyncDisposable
{
    /// <summary>The exchange's number, unique within the link; both sides write it to their logs.</summary>
    public abstract ulong Id { get; }

    /// <summary>Bytes of this exchange's frames put on the link so far, up (requests) and down (responses), before TLS.</summary>
    public abstract (long Up, long Down) LinkBytes { get; }

    /// <summary>The store epoch of the sender that has the exchange: what it held in another epoch is gone.</summary>
    public abstract ulong PeerEpoch { get; }

    /// <summary>The seed of signatures for that sender.</summary>
    public abstract SignatureSeed SignatureSeed { get; }

    /// <summary>Answers <see cref="ResponseEventKind.WantSignature"/>; an empty signature is not sent, for the sender does not wait.</summary>
    public abstract void SendSignature(OfferSignature signature);

    /// <summary>Queues request body bytes; waits while the stream's queue is full. Completes without effect once the exchange has ended.</summary>
    public abstract ValueTask WriteAsync(ReadOnlyMemory<byte> body, CancellationToken cancellation);

    /// <summary>Ends the request body, with trailers or without.</summary>
    public abstract void Complete(FieldList? trailers = null);

    /// <summary>The next step of the response. After <see cref="ResponseEventKind.End"/> or <see cref="ResponseEventKind.Fault"/> it must not be called again.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled; no event is lost.</exception>
    public abstract ValueTask<ResponseEvent> ReadAsync(CancellationToken cancellation);

    /// <summary>Takes the end of the response if that is what comes next, and has come.</summary>
    /// <param name="trailers">The trailer section, or null.</param>
    public virtual bool TryTakeEnd(out FieldList? trailers)
    {
        trailers = null;
        return false;
    }

    /// <summary>
    /// The version that another exchange of this link brought, waiting a little where that is still on its way on the same lane; default if it is not stored here. Before a body is read whose
    /// coding names a fresh one.
    /// </summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public virtual ValueTask<Versions.VersionName> FreshAsync(ulong exchange, CancellationToken cancellation) => default;

    /// <summary>Gives back the credit of <paramref name="bytes"/> received body bytes: call it when what they stand for has been taken by the client.</summary>
    public abstract void Consumed(int bytes);

    /// <summary>Tells the sender that the target is proved up to <paramref name="offset"/>; rides along with the next frames.</summary>
    public abstract void Verified(long offset);

    /// <summary>
    /// Tells the engine that the body of this exchange is stored here as <paramref name="version"/>, so that later offers can name it by a handle.
    /// </summary>
    public abstract void Stored(Versions.VersionName version);

    /// <summary>Tells the engine that the body of this exchange is not stored, or only when its client has taken it: bodies that are coded against it do not wait for that.</summary>
    public virtual void NotStored()
    {
    }

    /// <summary>Asks for the rest of the target as it is, from <paramref name="offset"/>: data is dropped until <see cref="ResponseEventKind.Rest"/> or a fault comes.</summary>
    public abstract void WantRest(long offset);

    /// <summary>Resets the exchange: nothing more is read or written; a read under way ends with a fault.</summary>
    public abstract void Abort(ResetCode code, string reason);

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();
}
