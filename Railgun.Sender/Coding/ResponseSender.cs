using System.Globalization;
using System.Runtime.CompilerServices;
using Railgun.Protocol.Engine;
using Railgun.Protocol.Heads;
using Railgun.Protocol.Transport;
using Railgun.Protocol.Versions;
using Railgun.Sender.Origin;
using Version = Railgun.Protocol.Versions.Version;

namespace Railgun.Sender.Coding;

/// <summary>
/// Carries one response from the origin to the link (steps 6, 7 and 10): reads the body piece by piece, decides at the first one how it is coded, sends
/// segments, and keeps the body as a version. What is sent waits for a pause of the origin's, the end, or a full record; the beginning of a long body does not wait for the rest.
/// </summary>
internal sealed class ResponseSender(CodingTools tools, SenderExchange exchange, Asker asker, BasePins pins, ResponseReport report) : IDisposable
{
    // So long a piece is about a record on the link, coded; what comes of it reaches the client while the next is under way.
    private const int DeltaPiece = Limits.MaxSegmentTarget;
    private const int FirstPiece = 32 * 1024;
    private const int NextPiece = 64 * 1024;

    // What takes the sender a millisecond and more: the listener and the client have the beginning meanwhile, for a packet more.
    private const int LongRest = 512 * 1024;

    private readonly CodedBuffer _coded = new();
    private VersionBuilder? _target;
    private ISegmentCoder? _coder;

    /// <summary>Sends the response.</summary>
    /// <param name="origin">The origin's answer; its head has been read. Disposed here.</param>
    /// <param name="head">That head.</param>
    /// <returns>Why there is no response, if it failed before anything of it was sent; null if it was sent, or broken off.</returns>
    public async ValueTask<OriginFailure?> SendAsync(IOriginExchange origin, ResponseHead head)
    {
        ContentCoding coding = ContentDecoding.Choose(exchange.Head, head);
        if (coding != ContentCoding.None)
        {
            head = ContentDecoding.Rewrite(head);
            origin = new DecodedExchange(origin, coding);
        }

        BodyKind kind = BodyKinds.Of(exchange.Head, head);
        if (kind == BodyKind.None)
        {
            await origin.DisposeAsync();
            return SendHeadAlone(head);
        }

        long? length = LengthOf(head);
        PieceReader reader = new(origin, tools.Time, kind == BodyKind.Live, length);
        try
        {
            TargetKeeper keeper = TargetKeeper.Decide(tools, exchange.Head, head, asker, kind, length);
            return await SendAsync(reader, head, kind, length, keeper);
        }
        finally
        {
            report.BodyBytes = reader.Total;
            await origin.DisposeAsync();
            reader.Dispose();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _coder?.Dispose();
        _target?.Dispose();
        _coded.Dispose();
    }

    private async ValueTask<OriginFailure?> SendAsync(PieceReader reader, ResponseHead head, BodyKind kind, long? length, TargetKeeper keeper)
    {
        PieceEnd end = PieceEnd.Pause;
        if (kind == BodyKind.Live)
        {
            pins.KeepOnly(ChosenBases.None);
            report.NoBase = keeper.Reason;
            SendHead(head, BodyCoding.AsItIs);
            exchange.Flush();
        }
        else
        {
            end = await reader.ReadAsync(pins.Count > 0 || exchange.SignatureFollows ? DeltaPiece : FirstPiece, holding: true);
            if (end == PieceEnd.Failed)
            {
                return reader.Failure;
            }

            if (end == PieceEnd.Body && reader.Total == 0)
            {
                return SendEmpty(head, reader.Trailers);
            }

            if (kind != BodyKind.AsItIs)
            {
                pins.AddFresh(tools.Store, exchange.LastCarried(asker.Use, end == PieceEnd.Body ? reader.Total : length), asker);
            }

            SignedBase? signed = kind == BodyKind.AsItIs ? null : await SignatureReading.TakeAsync(exchange, tools, asker);
            Decide(head, kind, length, keeper, signed, reader.Piece.Span, end == PieceEnd.Body);
            await SendPieceAsync(reader.Piece, end == PieceEnd.Body, isCoded: true);
            if (end == PieceEnd.Full && length - reader.Total >= LongRest)
            {
                exchange.Flush();
            }
        }

        return await SendRestAsync(reader, end) ? Finish(reader, keeper) : null;
    }

    // Step 6: the base and the codec, by the first piece; then the head can go.
    private void Decide(
        ResponseHead head, BodyKind kind, long? length, TargetKeeper keeper, SignedBase? signed, ReadOnlySpan<byte> piece, bool last)
    {
        FirstPiece first = new() { Kind = kind, Lane = new LaneTraits(exchange.Codecs, exchange.DeliveryRate, exchange.FirstFlight, exchange.RoundTrip), Length = length, Bytes = piece, IsAll = last };
        CodingChoice choice = kind == BodyKind.AsItIs ? CodingChoice.Without(null, keeper.Reason)
            : tools.Rules.MayBeProbed(exchange.Head, head) ? CodingChoice.Without(null, NoBase.CrossSite)
            : new CodingTrial(tools.Coders).Decide(first, pins, signed, _coded);
        pins.KeepOnly(choice.Bases);
        _coder = choice.Coder;
        _target = keeper.Build(_coder is not null);
        bool fresh = choice.Bases.Any && pins.IsFresh(choice.Bases.First);
        Codec codec = _coder?.Codec ?? Codec.Identity;
        report.Codec = fresh ? codec.AsFresh() : codec;
        int offer = choice.Signed?.Offer ?? OfferOf(choice.Bases.First);
        report.Base = offer >= 0 ? exchange.Offers[offer] : fresh ? pins[choice.Bases.First].Name : default;
        report.NoBase = choice.NoBase == NoBase.NotOffered && !keeper.Keeps ? keeper.Reason : choice.NoBase;
        SendHead(head, new BodyCoding(report.Codec, offer, OfferOf(choice.Bases.Second), keeper.Keeps, fresh ? pins.FreshExchange : 0));
    }

    private int OfferOf(int pin) => pin < 0 ? -1 : pins.OfferOf(pin);

    // Step 7; false if the body broke off.
    private async ValueTask<bool> SendRestAsync(PieceReader reader, PieceEnd end)
    {
        int length = _coder is { } coder && coder.Codec.HasBase() ? DeltaPiece : NextPiece;
        while (end != PieceEnd.Body)
        {
            if (end == PieceEnd.Pause)
            {
                exchange.Flush();
            }

            end = await reader.ReadAsync(length, holding: end == PieceEnd.Full);
            if (end == PieceEnd.Failed)
            {
                OriginFailure failure = reader.Failure!;
                report.Fault = new Fault(failure.Stage, failure.Code, failure.Reason);
                exchange.Abort(failure.Stage, failure.Code, failure.Reason);
                return false;
            }

            await SendPieceAsync(reader.Piece, end == PieceEnd.Body, isCoded: false);
        }

        return true;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask SendPieceAsync(ReadOnlyMemory<byte> piece, bool last, bool isCoded)
    {
        _target?.Append(piece.Span);
        if (_coder is null)
        {
            if (!piece.IsEmpty)
            {
                await exchange.SendDataAsync(piece, exchange.Aborted);
            }

            return;
        }

        if (!isCoded)
        {
            _coded.Clear();
            if (!piece.IsEmpty || last)
            {
                _coder.Encode(piece.Span, last, _coded);
            }
        }

        if (_coded.Length > 0)
        {
            await exchange.SendSegmentAsync(_coded.Written, piece, _target!.Check, exchange.Aborted);
        }
    }

    // Step 10: the version is known here before the listener can offer it.
    private OriginFailure? Finish(PieceReader reader, TargetKeeper keeper)
    {
        Version? version = keeper.Keep(_target);
        if (version is not null)
        {
            exchange.Stored(version.Name);
        }

        exchange.End(reader.Trailers);
        if (version is not null)
        {
            if (reader.Total <= Retention.MaxPerStream && _coder is not null)
            {
                exchange.Carried(keeper.Use, version.Name);
            }

            // A page that is coded with an index is asked for again and again: the next answer shall not wait for it. One that did not change has it.
            if (report.Codec.HasBase() && !report.Codec.IsSignature() && report.Base != version.Name)
            {
                report.Unindexed = new UnindexedVersion(version.Name, asker.Use);
            }

            version.Release();
        }

        return null;
    }

    private OriginFailure? SendHeadAlone(ResponseHead head)
    {
        report.NoBase = NoBase.NoBody;
        SendHead(head, BodyCoding.AsItIs, end: true);
        return null;
    }

    private OriginFailure? SendEmpty(ResponseHead head, FieldList? trailers)
    {
        report.NoBase = NoBase.NoBody;
        SendHead(head, BodyCoding.AsItIs, end: trailers is null);
        if (trailers is not null)
        {
            exchange.End(trailers);
        }

        return null;
    }

    private void SendHead(ResponseHead head, BodyCoding coding, bool end = false)
    {
        report.Status = head.Status;
        report.HeadSentAt = tools.Time.GetTimestamp();
        exchange.SendHead(head, coding, end);
    }

    private static long? LengthOf(ResponseHead head) =>
        long.TryParse(head.Fields.First("Content-Length"), NumberStyles.None, CultureInfo.InvariantCulture, out long length) ? length : null;
}
