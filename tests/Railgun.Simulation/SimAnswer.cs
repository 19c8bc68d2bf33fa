using Railgun.Protocol.Deltas.Signatures;
using Railgun.Protocol.Engine;
using Railgun.Protocol.Heads;
using Railgun.Protocol.Versions;

namespace Railgun.Simulation;

/// <summary>The sender's side of one exchange: takes the request to a pretended origin, codes the answer against an offered version it still has.</summary>
internal sealed class SimAnswer
{
    private readonly World _world;
    private readonly LaneEngine _engine;
    private readonly StreamCore _stream;
    private readonly ulong _exchange;
    private readonly byte[] _body;
    private readonly int _page;
    private readonly List<byte> _upload = [];
    private readonly bool _breaks;
    private readonly bool _flushes;
    private readonly bool _kept;
    private readonly bool _lengthKnown;
    private bool _uploadOver;
    private bool _headSent;
    private readonly RunningHash _hash = new();
    private byte[]? _basis;
    private SignatureEncoder? _encoder;
    private bool _chosen;
    private int _base = -1;
    private ulong _fresh;
    private int _patience;
    private int _sent;

    public SimAnswer(World world, LaneEngine engine, StreamCore stream)
    {
        _world = world;
        _engine = engine;
        _stream = stream;
        _exchange = stream.Exchange;
        world.Coverage.SawOpened(stream);
        RequestHead head = stream.Request!;
        _page = int.Parse(head.Target.AsSpan("/page/".Length), null);
        Unsafe = head.Method == "POST";
        _body = world.NextBody(_page);
        Random random = world.Random;
        _breaks = world.Planted == PlantedFault.BreakOff || (world.Faulty && random.NextDouble() < world.Faults.OriginFailures);
        _flushes = random.Next(3) == 0;
        _kept = random.Next(5) > 0;
        _lengthKnown = random.Next(2) > 0;
        if (head.Fields.First("X-Id") != stream.Exchange.ToString(null, null))
        {
            throw new SimulationFailure("heads", $"exchange {stream.Exchange} came with the head of {head.Fields.First("X-Id")}");
        }
    }

    public bool Unsafe { get; }

    public bool Over { get; private set; }

    /// <summary>Does a little.</summary>
    public void Step()
    {
        Checkers.Driven(_stream, _exchange);
        while (_stream.TryTake(out StreamEvent next))
        {
            TakeRequest(next);
        }

        if (Over || !_uploadOver)
        {
            return;
        }

        if (_stream.Dead)
        {
            Over = true;
            return;
        }

        if (!_headSent && !TrySendHead())
        {
            return;
        }

        SendSome();
    }

    /// <summary>The handler has returned.</summary>
    public void Done()
    {
        _hash.Dispose();
        _encoder?.Dispose();
        _engine.Done(_stream);
    }

    private void TakeRequest(StreamEvent next)
    {
        switch (next.Kind)
        {
            case StreamEventKind.Data:
                _upload.AddRange(next.Data.Span);
                next.Data.Dispose();
                _engine.Consumed(_stream, next.Credit);
                break;
            case StreamEventKind.End:
                _uploadOver = true;
                _world.CheckUpload(_stream.Exchange, Unsafe, [.. _upload]);
                break;
            case StreamEventKind.Fault:
                Over = true;
                break;
        }
    }

    // A signature that was announced is waited for, one that was asked for only for a while: as long as the origin works.
    private bool TrySendHead()
    {
        if (!_chosen)
        {
            Choose();
        }

        if (_basis is null && !_stream.Signature.Complete && (_stream.Signature.Announced || _patience-- > 0))
        {
            return false;
        }

        SendHead();
        return true;
    }

    private void Choose()
    {
        _chosen = true;
        if (_body.Length > 0 && _world.Random.Next(2) == 0 && _engine.LastCarried(_stream, World.Use(_page), _lengthKnown ? _body.Length : null) is { Exchange: > 0 } fresh)
        {
            _basis = _world.SenderBody(fresh.Name);
            _fresh = _basis is null ? 0 : fresh.Exchange;
        }

        for (int i = 0; i < _stream.Offers.Length && _basis is null; i++)
        {
            _basis = _world.SenderBody(_stream.Offers[i]);
            _base = _basis is null ? -1 : i;
        }

        if (_basis is null && _stream.Offers.Length > 0 && _world.Random.Next(2) == 0)
        {
            _patience = _world.Random.Next(40);
            _engine.WantSignature(_stream, _world.Random.Next(_stream.Offers.Length));
        }
    }

    private BodyCoding Coding()
    {
        if (_fresh != 0)
        {
            return new BodyCoding(Codec.FreshDelta, Kept: _kept, Fresh: _fresh);
        }

        if (_base >= 0)
        {
            return new BodyCoding(Codec.Delta, _base, Kept: _kept);
        }

        OfferSignature signature = _engine.TakeSignature(_stream);
        _encoder = SimSignatures.Encoder(_engine, signature);
        return _encoder is null ? new BodyCoding(Codec.Identity, Kept: _kept) : new BodyCoding(Codec.SignatureDelta, signature.Offer, Kept: _kept);
    }

    private void SendHead()
    {
        _headSent = true;
        if (_world.Random.Next(10) == 0)
        {
            _engine.SendInformational(_stream, new ResponseHead { Status = 103 });
        }

        var head = new ResponseHead { Status = 200 };
        head.Fields.Add("Date", _world.Now.ToString(null, null));
        head.Fields.Add("X-Page", _page.ToString(null, null));
        _engine.SendHead(_stream, head, Coding());
    }

    private void SendSome()
    {
        for (int i = 0; i < 3 && _sent < _body.Length; i++)
        {
            if (!_engine.HasRoom(_stream) && _world.Planted != PlantedFault.QueueWithoutRoom)
            {
                _world.Coverage.Saw(_stream is { Reserved: > 0, QueuedBytes: 0 } ? "fresh waits for its proof" : "no room");
                return;
            }

            if (_breaks && _sent > _body.Length / 2)
            {
                _engine.Reset(_stream, Stage.Origin, ResetCode.OriginBroken, "the origin broke off");
                Over = true;
                return;
            }

            SendPiece(Math.Min(_body.Length - _sent, _world.Random.Next(1, 20_000)));
        }

        if (_sent == _body.Length)
        {
            End();
        }
    }

    private void SendPiece(int count)
    {
        _world.Trace?.Invoke($"{_world.Now / 10_000} ms: sender, exchange {_stream.Exchange}: {count} bytes from {_sent} of {_body.Length}{(_basis is null ? "" : ", coded")}");
        ReadOnlySpan<byte> piece = _body.AsSpan(_sent, count);
        if (_encoder is null && _basis is null)
        {
            _engine.SendData(_stream, Payload.Copy(piece));
        }
        else
        {
            byte[] coded = _encoder is null
                ? ToyDelta.Encode(_world.SegmentBasis(_basis!, _sent, count), piece)
                : SimSignatures.Encode(_encoder, piece, _sent + count == _body.Length);
            _hash.Append(piece);
            _engine.SendSegment(_stream, Payload.Copy(coded), piece, _hash.Current().Check);
            if (_fresh != 0 && _world.Planted == PlantedFault.DropRetained)
            {
                _engine.Streams.Release(_stream, long.MaxValue);
            }
        }

        _world.Coverage.Saw(_fresh != 0 && _sent > 0 ? "fresh in segments" : "piece");
        _sent += count;
        if (_flushes)
        {
            _engine.Flush(_stream);
        }
    }

    private void End()
    {
        Over = true;
        if (_world.Planted == PlantedFault.ForgetEnd)
        {
            return;
        }

        VersionName? believed = _kept ? Keep() : null;

        FieldList? trailers = null;
        if (_world.Random.Next(6) == 0)
        {
            trailers = new FieldList();
            trailers.Add("X-Trailer", "1");
        }

        _engine.SendEnd(_stream, trailers);
        if (believed is { } name && _body.Length <= Retention.MaxPerStream)
        {
            _engine.Carried(_stream, World.Use(_page), name);
        }
    }

    private VersionName? Keep()
    {
        VersionName name = VersionName.Of(_body);
        _world.SenderStores(name, _body);
        VersionName? believed = _world.Believed(name);
        if (believed is { } stored)
        {
            _engine.Stored(_stream, stored);
        }

        return believed;
    }
}
