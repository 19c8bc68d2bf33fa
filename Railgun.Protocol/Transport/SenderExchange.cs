using Railgun.Protocol.Deltas.Signatures;
using Railgun.Protocol.Engine;
using Railgun.Protocol.Heads;
using Railgun.Protocol.Versions;

namespace Railgun.Protocol.Transport;

/// <summary>
/// One exchange as the sender answers it. One reader and one writer at a time, which may be different threads.
/// What is sent is held back until <see cref="Flush"/>, the end, or 16 KB, so that a small answer is one TLS record (design: decision 8); whoever sends a long body flushes behind its beginning.
/// </summary>
internal abstract class SenderExchange
{
    /// <summary>The exchange's number, unique within the link; both sides write it to their logs.</summary>
    public abstract ulong Id { get; }

    /// <summary>The name under which the listener is trusted.</summary>
    public abstract string PeerName { get; }

    /// <summary>The request's head.</summary>
    public abstract RequestHead Head { get; }

    /// <summary>Whether a request body follows (it may prove empty).</summary>
    public abstract bool HasBody { get; }

    /// <summary>What the listener offers as bases, at most <see cref="Limits.MaxOffers"/>; a default name stands where a handle means nothing here.</summary>
    public abstract IReadOnlyList<VersionName> Offers { get; }

    /// <summary>The codecs that the listener understands, as bits (1 &lt;&lt; <see cref="Codec"/>).</summary>
    public abstract uint Codecs { get; }

    /// <summary>The seed that the listener makes signatures with.</summary>
    public abstract SignatureSeed SignatureSeed { get; }

    /// <summary>Whether the signature of an offer came with the request, or is on its way behind it.</summary>
    public abstract bool SignatureFollows { get; }

    /// <summary>Asks for the signature of an offer (0 for the first), unless one follows. It may come too late, or never.</summary>
    public abstract void WantSignature(int offer);

    /// <summary>Completes when a signature has come whole.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    public abstract ValueTask SignatureCameAsync(CancellationToken cancellation);

    /// <summary>Takes the signature; empty if it has not come whole.</summary>
    public abstract OfferSignature TakeSignature();

    /// <summary>Bytes of this exchange's frames put on the link so far, up (requests) and down (responses), before TLS.</summary>
    public abstract (long Up, long Down) LinkBytes { get; }

    /// <summary>How fast the line to the listener takes what is sent, in bytes a second; null while that is not known.</summary>
    public virtual long? DeliveryRate => null;

    /// <summary>What the connection to the listener sends without waiting for a round trip, in bytes; 0 if that is not known.</summary>
    public virtual long FirstFlight => 0;

    /// <summary>The shortest round trip of late; zero while that is not known.</summary>
    public virtual TimeSpan RoundTrip => TimeSpan.Zero;

    /// <summary>Cancelled when the listener resets the exchange or the lane is lost.</summary>
    public abstract CancellationToken Aborted { get; }

    /// <summary>The next step of the request body. After End or Fault it must not be called again.</summary>
    public abstract ValueTask<RequestEvent> ReadAsync(CancellationToken cancellation);

    /// <summary>Gives back the credit of received body bytes, once the origin has taken them.</summary>
    public abstract void Consumed(int bytes);

    /// <summary>Sends a 1xx head at once.</summary>
    public abstract void SendInformational(ResponseHead head);

    /// <summary>Queues the final head. With <paramref name="end"/> there is no body and no trailer.</summary>
    public abstract void SendHead(ResponseHead head, BodyCoding coding, bool end = false);

    /// <summary>Queues body bytes of an identity body; waits while the stream's queue is full. Completes without effect once the exchange has ended.</summary>
    public abstract ValueTask SendDataAsync(ReadOnlyMemory<byte> body, CancellationToken cancellation);

    /// <summary>
    /// Queues one segment of a coded body: <paramref name="coded"/> stands for <paramref name="target"/>, and <paramref name="check"/> is the proof
    /// of the target so far (first 8 bytes, big-endian, of its SHA-256). The target is kept until verified, within limits, to serve a want for the rest.
    /// </summary>
    public abstract ValueTask SendSegmentAsync(ReadOnlyMemory<byte> coded, ReadOnlyMemory<byte> target, ulong check, CancellationToken cancellation);

    /// <summary>Tells the engine that the body of this exchange is stored here as <paramref name="version"/>, so that a handle for it can be understood.</summary>
    public abstract void Stored(VersionName version);

    /// <summary>
    /// After <see cref="End"/>: the body crossed coded, is no longer than <see cref="Retention.MaxPerStream"/> and is stored here, so that answers behind it on the same lane may be coded against
    /// it before a request can offer it.
    /// </summary>
    /// <param name="use">Whose page it is, and who may have it.</param>
    /// <param name="version">What it is called.</param>
    public virtual void Carried(in VersionUse use, VersionName version)
    {
    }

    /// <summary>The last body that this lane carried of the asker's page, if the listener understands deltas against such and this answer can be kept for it; default for none. Before the head.</summary>
    /// <param name="asker">Who asks for what.</param>
    /// <param name="length">The answer's length; null where it is not known.</param>
    public virtual FreshBody LastCarried(in VersionUse asker, long? length) => default;

    /// <summary>Ends the response, with trailers or without, and flushes.</summary>
    public abstract void End(FieldList? trailers = null);

    /// <summary>Completes when the end of the response has been put on the link, so that <see cref="LinkBytes"/> is complete; or when that can't happen any more.</summary>
    public abstract ValueTask WrittenAsync();

    /// <summary>Lets go what was held back.</summary>
    public abstract void Flush();

    /// <summary>Resets the exchange: the client sees a broken response if its head has gone out.</summary>
    public abstract void Abort(Stage stage, ResetCode code, string reason);
}
