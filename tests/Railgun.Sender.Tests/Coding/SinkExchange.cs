using Railgun.Protocol.Deltas.Signatures;
using Railgun.Protocol.Engine;
using Railgun.Protocol.Heads;
using Railgun.Protocol.Transport;
using Railgun.Protocol.Versions;

namespace Railgun.Sender.Tests.Coding;

/// <summary>An exchange that takes everything and keeps nothing but a sum.</summary>
internal sealed class SinkExchange(RequestHead head) : SenderExchange
{
    /// <summary>Bytes of target taken.</summary>
    public long Target { get; private set; }

    public override ulong Id => 1;

    public override string PeerName => "edge";

    public override RequestHead Head => head;

    public override bool HasBody => false;

    public override IReadOnlyList<VersionName> Offers => [];

    public override uint Codecs => 0b11111;

    public override SignatureSeed SignatureSeed => default;

    public override bool SignatureFollows => false;

    public override void WantSignature(int offer)
    {
    }

    public override ValueTask SignatureCameAsync(CancellationToken cancellation) => ValueTask.CompletedTask;

    public override OfferSignature TakeSignature() => default;

    public override (long Up, long Down) LinkBytes => default;

    public override CancellationToken Aborted => CancellationToken.None;

    public override ValueTask<RequestEvent> ReadAsync(CancellationToken cancellation) => throw new InvalidOperationException("There is no body.");

    public override void Consumed(int bytes)
    {
    }

    public override void SendInformational(ResponseHead head)
    {
    }

    public override void SendHead(ResponseHead head, BodyCoding coding, bool end = false)
    {
    }

    public override ValueTask SendDataAsync(ReadOnlyMemory<byte> body, CancellationToken cancellation)
    {
        Target += body.Length;
        return ValueTask.CompletedTask;
    }

    public override ValueTask SendSegmentAsync(ReadOnlyMemory<byte> coded, ReadOnlyMemory<byte> target, ulong check, CancellationToken cancellation)
    {
        Target += target.Length;
        return ValueTask.CompletedTask;
    }

    public override void Stored(VersionName version)
    {
    }

    public override void End(FieldList? trailers = null)
    {
    }

    public override ValueTask WrittenAsync() => ValueTask.CompletedTask;

    public override void Flush()
    {
    }

    public override void Abort(Stage stage, ResetCode code, string reason)
    {
    }
}
