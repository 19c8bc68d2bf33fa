using System.Buffers;
using Railgun.Protocol.Deltas.Signatures;
using Railgun.Protocol.Engine;
using Railgun.Protocol.Heads;
using Railgun.Protocol.Versions;

namespace Railgun.Simulation;

/// <summary>One client's exchange as the listener drives it: places it, uploads, reads, decodes, proves, and knows what must come out.</summary>
internal sealed class SimExchange
{
    private readonly World _world;
    private readonly ExchangePlacement _placement;
    private readonly ArrayBufferWriter<byte> _segment = new();
    private readonly ArrayBufferWriter<byte> _target = new();
    private readonly RunningHash _hash = new();
    private readonly byte[] _body;
    private readonly int _upload;
    private int _uploaded;
    private SimLane? _lane;
    private StreamCore? _stream;
    private BodyCoding _coding;
    private byte[]? _basis;
    private SignatureDecoder? _decoder;
    private VersionName[] _offers = [];
    private bool _headSeen;
    private bool _rest;
    private bool _mustCome;
    private bool _several;
    private ulong _fresh;
    private readonly int _slowness;

    public SimExchange(World world, ExchangePlacement placement)
    {
        _world = world;
        _placement = placement;
        Random random = world.Random;
        Page = random.Next(4);
        Unsafe = random.Next(3) == 0;
        _upload = Unsafe ? random.Next(random.Next(5) == 0 ? 200_000 : 3000) : 0;
        _body = World.UploadBody(Id, _upload);
        _slowness = random.Next(4) == 0 ? random.Next(2, 20) : 1;
    }

    public ulong Id => _placement.Exchange;

    public int Page { get; }

    public bool Unsafe { get; }

    public bool Over { get; private set; }

    /// <summary>Whether faults were still happening when it began.</summary>
    public bool BegunFaulty { get; set; }

    /// <summary>Whether it failed with a lane that was made while faults were happening.</summary>
    public bool LostOldLane { get; private set; }

    /// <summary>Whether the link found no lane for it.</summary>
    public bool FoundNoLane { get; private set; }

    public bool Succeeded { get; private set; }

    public string Outcome { get; private set; } = "waiting for a lane";

    /// <summary>Does a little.</summary>
    public void Step()
    {
        if (_stream is null)
        {
            TryPlace();
            return;
        }

        Checkers.Driven(_stream, Id);
        if (_world.Faulty && _world.Random.NextDouble() < _world.Faults.Cancellations)
        {
            _world.Coverage.Saw("client gone");
            End("the client went away", success: false);
            return;
        }

        Upload();
        if (_world.Random.Next(_slowness) == 0)
        {
            for (int i = 0; i < 6 && !Over && _stream is not null && HasBase() && _stream.TryTake(out StreamEvent next); i++)
            {
                Take(next);
            }
        }
    }

    private void TryPlace()
    {
        PlacementStep step = _world.Place(_placement, out _lane);
        if (step.Fault is { } fault)
        {
            _world.Coverage.Saw("no lane");
            FoundNoLane = true;
            Over = true;
            Outcome = fault.ToString();
            return;
        }

        if (_lane is null)
        {
            return;
        }

        _offers = _world.FindOffers(Page);
        var head = new RequestHead { Method = Unsafe ? "POST" : "GET", Scheme = "http", Authority = "sim.example", Target = $"/page/{Page}" };
        head.Fields.Add("X-Id", (_world.Planted == PlantedFault.MixHeads ? Id - 1 : Id).ToString(null, null));
        head.Fields.Add("Cookie", "a=b");
        _stream = _lane.Listener.Open(head, Id, _offers, end: !Unsafe, SignFirst(), fresh: _world.Random.Next(4) > 0);
        _world.Coverage.SawOpened(_stream);
        Outcome = "sent";
    }

    private OfferSignature SignFirst() => _offers.Length > 0 && _world.Random.Next(3) == 0 ? Sign(0) : default;

    private OfferSignature Sign(int offer) => SimSignatures.Sign(_world, _lane!.Listener, offer, _world.ListenerBody(_offers[offer]));

    private void Upload()
    {
        if (!Unsafe || _uploaded > _upload || !_lane!.Listener.HasRoom(_stream!))
        {
            return;
        }

        int count = Math.Min(_upload - _uploaded, _world.Random.Next(1, 9000));
        if (count > 0)
        {
            byte[] piece = _body[_uploaded..(_uploaded + count)];
            piece[0] ^= (byte)(_world.Planted == PlantedFault.SpoilUpload ? 1 : 0);
            _lane.Listener.SendData(_stream!, Payload.Copy(piece));
            _uploaded += count;
        }

        if (_uploaded == _upload)
        {
            _uploaded++;
            _lane.Listener.SendEnd(_stream!, null);
        }
    }

    private void Take(StreamEvent next)
    {
        _world.Trace?.Invoke($"{_world.Now / 10_000} ms: listener, exchange {Id}: {next.Kind} {next.Data.Length} bytes{(next.EndsSegment ? $", ends a segment of {next.SegmentLength}" : "")}");
        switch (next.Kind)
        {
            case StreamEventKind.Head:
                _headSeen = true;
                _coding = next.Coding;
                _basis = next.Coding.Base >= 0 ? _world.ListenerBody(_offers[next.Coding.Base]) : null;
                _fresh = next.Coding.Fresh;
                if (_slowness > 1 && _world.Random.Next(2) == 0)
                {
                    // A slow client whose body is not taken ahead of it.
                    _world.Coverage.Saw("not stored");
                    _lane!.Listener.NotStored(_stream!);
                }

                _decoder = next.Coding.Codec.IsSignature() ? SimSignatures.Decoder(_basis!) : null;
                break;
            case StreamEventKind.WantSignature when _world.Random.Next(4) > 0:
                _lane!.Listener.SendSignature(_stream!, Sign(next.Offer));
                break;
            case StreamEventKind.Data:
                TakeData(next);
                break;
            case StreamEventKind.Rest:
                _world.Coverage.Saw("rest");
                _mustCome = false;
                _several = _coding.Codec.IsFresh() && _target.WrittenCount == 0;
                _rest = true;
                break;
            case StreamEventKind.End:
                Finish();
                break;
            case StreamEventKind.Fault:
                Failed(next.Fault!);
                break;
        }
    }

    // A body that another exchange brings is waited for before this one's is read.
    private bool HasBase()
    {
        if (_fresh == 0)
        {
            return true;
        }

        FreshStatus status = _lane!.Listener.FreshWaits.Find(_stream!, _fresh, out VersionName name);
        _world.Coverage.Saw($"fresh {status}");
        if (status == FreshStatus.Waits)
        {
            return false;
        }

        _fresh = 0;
        if (status == FreshStatus.Here && _world.ListenerHolds(name))
        {
            _basis = _world.ListenerBody(name);
        }
        else
        {
            WantRest();
        }

        return true;
    }

    private void TakeData(StreamEvent next)
    {
        bool plain = _rest || _coding.Codec == Codec.Identity;
        (plain ? _target : _segment).Write(next.Data.Span);
        if (_several && _target.WrittenCount > 20_000)
        {
            _world.Coverage.Saw("fresh lacking in segments");
        }

        if (next.EndsSegment)
        {
            Prove(next);
        }

        Give(next);
    }

    private void Give(StreamEvent next)
    {
        int credit = next.Credit;
        if (_world.Planted == PlantedFault.KeepCredit && credit > 100)
        {
            credit -= 100;
        }

        if (_world.Planted != PlantedFault.LeakBuffer || next.Data.Length == 0)
        {
            next.Data.Dispose();
        }

        _lane!.Listener.Consumed(_stream!, credit);
    }

    private void Prove(StreamEvent next)
    {
        byte[] piece = _decoder is null ? ToyDelta.Decode(SegmentBasis(next.SegmentLength), _segment.WrittenSpan) : SimSignatures.Decode(_decoder, _segment.WrittenSpan);
        _segment.ResetWrittenCount();
        if (piece.Length > 0 && _world.Random.NextDouble() < _world.Faults.Corruptions)
        {
            piece[_world.Random.Next(piece.Length)] ^= 1;
            _world.Coverage.Saw("corruption");
        }

        _hash.Append(piece);
        if (_hash.Current().Check == next.Check || _world.Planted is PlantedFault.ForwardUnproved or PlantedFault.TrustHandles)
        {
            _target.Write(piece);
            _lane!.Listener.Verified(_stream!, _target.WrittenCount, _world.Now);
            return;
        }

        // Behind a failed proof everything is as it is: nothing is proved any more.
        WantRest();
    }

    // What is coded against a fresh body stays until its beginning is proved: the listener may lack that body.
    private void WantRest()
    {
        _mustCome = _coding.Codec.IsFresh() && _target.WrittenCount == 0;
        _lane!.Listener.WantRest(_stream!, _target.WrittenCount);
    }

    private ReadOnlySpan<byte> SegmentBasis(int length) => _world.SegmentBasis(_basis!, _target.WrittenCount, length);

    private void Finish()
    {
        byte[] body = _target.WrittenSpan.ToArray();
        if (!_world.IsBodyOf(Page, body))
        {
            throw new SimulationFailure("bodies", $"exchange {Id} got {body.Length} bytes that the origin never sent (codec {_coding.Codec}, rest {_rest})");
        }

        if (_coding.Kept)
        {
            VersionName name = VersionName.Of(body);
            _world.ListenerStores(Page, name, body);
            if (_world.Believed(name) is { } believed)
            {
                _lane!.Listener.Stored(_stream!, believed);
            }
        }

        _world.Coverage.Saw($"done {_coding.Codec}");
        End("done", success: true);
    }

    private void Failed(Fault fault)
    {
        if (_mustCome && fault is { Code: ResetCode.ProofFailed, Stage: Stage.Sender })
        {
            throw new SimulationFailure("retention", $"exchange {Id}: what was coded against a fresh body is not kept: {fault}");
        }

        _placement.BodyBegun = _uploaded > 0;
        bool again = (!_headSeen && LinkEngine.MayMove(_placement, fault)) || (_world.Planted == PlantedFault.RepeatUnsafe && Unsafe);
        _world.Trace?.Invoke($"{_world.Now / 10_000} ms: listener, exchange {Id}: {fault}");
        _world.Coverage.Saw($"fault {fault.Code}{(fault.RequestUnsent ? " unsent" : "")}{(_headSeen ? " after head" : "")}");
        if (again && !_headSeen)
        {
            _lane!.Listener.LetGo(_stream!);
            _stream = null;
            _uploaded = 0;
            return;
        }

        LostOldLane = fault.Code is ResetCode.LaneLost or ResetCode.Refused && _lane!.BegunFaulty;
        End(fault.ToString(), success: false);
    }

    private void End(string outcome, bool success)
    {
        if (_world.Planted == PlantedFault.ReuseDriven)
        {
            _lane!.Listener.LetGo(_stream!);
            return;
        }

        Over = true;
        Succeeded = success;
        Outcome = outcome;
        _hash.Dispose();
        _decoder?.Dispose();
        _decoder = null;
        if (_world.Planted != PlantedFault.KeepStream)
        {
            _lane!.Listener.LetGo(_stream!);
        }
    }
}
