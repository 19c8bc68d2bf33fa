using Railgun.Protocol.Engine;
using Railgun.Protocol.Frames;
using Railgun.Protocol.Heads;
using Railgun.Protocol.Versions;

namespace Railgun.Simulation;

/// <summary>
/// A lane whose other side means harm: behind a good hello it sends frames of all types, well made, nearly well made or not at all, about streams that are there and not. Whatever
/// it does, the engine throws nothing, holds little, and the lane ends with a code.
/// </summary>
internal sealed class HostilePeer : IDisposable
{
    private const int MaxFrames = 60;
    private const int FloodFrames = 3000;

    // Each goes through alone, so that none hides behind the first rule that another breaks.
    private static readonly FrameType[] Floods = [FrameType.Ping, FrameType.Window, FrameType.LaneWindow, FrameType.Verified, FrameType.Reset, FrameType.FirstSkippable];

    private readonly World _world;
    private readonly Random _random;
    private readonly FrameBuffer _frame = new(64);
    private readonly HeadEncoder _heads;
    private readonly List<StreamCore> _streams = [];
    private readonly FrameType _favourite;
    private readonly Manner _manner;
    private uint _next = 1;
    private ulong _exchange;

    public HostilePeer(World world)
    {
        _world = world;
        _random = world.Random;
        bool listener = _random.Next(2) == 0;
        Engine = new LaneEngine(world.Options(listener ? LinkRole.Listener : LinkRole.Sender, dials: false), world.Now);
        _heads = new HeadEncoder(world.HeadTable);
        _manner = (Manner)_random.Next(4);
        _favourite = _manner switch
        {
            Manner.Flood => Floods[_random.Next(Floods.Length)],
            Manner.Heads => listener ? FrameType.Informational : FrameType.Request,
            _ => (FrameType)_random.Next(1, 0x20),
        };
        using var fields = new FrameBuffer(256);
        HelloFrame.WriteFields(fields, world.Options(listener ? LinkRole.Sender : LinkRole.Listener, dials: true).Hello);
        Send(FrameType.Hello, FrameFlags.None, 0, fields.WrittenSpan);
    }

    /// <summary>The side that is under attack.</summary>
    public LaneEngine Engine { get; }

    /// <summary>Does some harm.</summary>
    public void Step()
    {
        Engine.Tick(_world.Now);
        int frames = _manner switch
        {
            Manner.Silent => 0,
            Manner.Flood => FloodFrames,
            _ => _random.Next(MaxFrames),
        };
        for (int i = frames; i > 0 && Engine.State != LaneState.Closed; i--)
        {
            Harm();
        }

        Drive();
        while (Engine.HasOutput && !Engine.Pull(_world.Now).IsEmpty)
        {
        }

        if (Engine.State == LaneState.Closed)
        {
            _world.Coverage.Saw($"hostile ended: {Engine.End!.Code}");
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Engine.Dispose();
        _streams.ForEach(stream => stream.DropInput());
        _frame.Dispose();
    }

    // What a driver does with streams: takes, answers, asks for more, forgets.
    private void Drive()
    {
        while (Engine.TryAccept(out StreamCore? accepted))
        {
            _streams.Add(accepted!);
        }

        while (Engine.TryTakeSignal(out _, out _, out _))
        {
        }

        if (Engine.IsListener && Engine.CanOpen && _random.Next(2) == 0)
        {
            VersionName[] offers = _random.Next(2) == 0 ? [] : [VersionName.Of([1]), VersionName.Of([2])];
            var head = new RequestHead { Method = "GET", Scheme = "http", Authority = "sim.example", Target = "/" };
            _streams.Add(Engine.Open(head, ++_exchange, offers, end: _random.Next(2) == 0)!);
        }

        foreach (StreamCore stream in _streams)
        {
            while (_random.Next(3) > 0 && stream.TryTake(out StreamEvent next))
            {
                next.Data.Dispose();
                Engine.Consumed(stream, next.Credit);
            }

            Answer(stream);
        }
    }

    private void Answer(StreamCore stream)
    {
        switch (_random.Next(12))
        {
            case 0 when !Engine.IsListener:
                Engine.SendHead(stream, new ResponseHead { Status = 200 }, stream.Offers.Length > 0 ? new BodyCoding(Codec.Delta, 0) : BodyCoding.AsItIs);
                break;
            case 1 when Engine.IsListener || (stream.HeadPassed && stream.Coding.Codec == Codec.Identity):
                if (Engine.HasRoom(stream))
                {
                    Engine.SendData(stream, Payload.Copy(new byte[_random.Next(1, 20_000)]));
                }

                break;
            case 2 when !Engine.IsListener && stream.HeadPassed && stream.Coding.Codec == Codec.Delta:
                if (Engine.HasRoom(stream))
                {
                    Engine.SendSegment(stream, Payload.Copy(new byte[_random.Next(1, 100)]), new byte[_random.Next(1, 20_000)], 7);
                }

                break;
            case 3 when Engine.IsListener || stream.HeadPassed:
                Engine.SendEnd(stream, null);
                break;
            case 4:
                Engine.Reset(stream, Stage.Client, ResetCode.Cancelled, "");
                break;
            case 5 when Engine.IsListener && stream.HeadPassed && stream.Coding.Codec != Codec.Identity && stream.Attempts == 0:
                Engine.WantRest(stream, _random.Next(100));
                break;
        }
    }

    private void Harm()
    {
        if (_manner != Manner.Wild)
        {
            HarmInOrder();
            return;
        }

        FrameType type = _random.Next(2) == 0 ? _favourite : (FrameType)_random.Next(0x20);
        var flags = (FrameFlags)(_random.Next(3) == 0 ? _random.Next(8) : (int)FlagRules.Allowed(type) & _random.Next(8));
        uint stream = StreamNumber(type);
        byte[] payload = PayloadOf(type);
        if (payload.Length > 0 && _random.Next(30) == 0)
        {
            payload[_random.Next(payload.Length)] ^= (byte)(1 << _random.Next(8));
        }

        if (_random.Next(60) == 0)
        {
            payload = payload[.._random.Next(payload.Length + 1)];
        }

        Send(type, flags, stream, payload);
    }

    /// <summary>Frames that are each in order, but too many, or heads that are not.</summary>
    private void HarmInOrder()
    {
        if (_manner == Manner.Flood)
        {
            bool mine = _favourite != FrameType.Verified || !Engine.IsListener;
            bool stream = _favourite is FrameType.Window or FrameType.Verified or FrameType.Reset;
            FrameType type = mine && (!stream || Engine.Streams.Last > 0) ? _favourite : FrameType.Ping;
            Send(type, FrameFlags.None, type == _favourite && stream ? Engine.Streams.Last : 0, type is FrameType.Window or FrameType.LaneWindow ? [1] : PayloadOf(type));
            return;
        }

        byte[] head = PayloadOf(_favourite);
        if (head.Length > 0 && _random.Next(4) == 0)
        {
            head[_random.Next(head.Length / 2, head.Length)] ^= (byte)(1 << _random.Next(8));
        }

        if (_favourite == FrameType.Request || Engine.Streams.Last > 0)
        {
            Send(_favourite, _favourite == FrameType.Request ? FrameFlags.End : FrameFlags.None, _favourite == FrameType.Request ? ++_next : Engine.Streams.Last, head);
        }
    }

    private uint StreamNumber(FrameType type)
    {
        if (type < FrameHeader.FirstStreamType || type >= FrameType.FirstSkippable)
        {
            return 0;
        }

        if (type == FrameType.Request && !Engine.IsListener && _random.Next(20) > 0)
        {
            return _next += (uint)_random.Next(1, 3);
        }

        uint last = Math.Max(Engine.Streams.Last, 1);
        return _random.Next(100) == 0 ? last + 1 : (uint)_random.NextInt64(Math.Max(1, last - 5L), last + 1L);
    }

    private byte[] PayloadOf(FrameType type)
    {
        _frame.Clear();
        switch (type)
        {
            case FrameType.Request:
                RequestPrefix.Write(_frame, _exchange, ++_exchange, _random.Next(2) == 0 ? [] : [new VersionRef(0, VersionName.Of([1]))]);
                _heads.Encode(_frame, new RequestHead { Method = "GET", Scheme = "http", Authority = "sim.example", Target = $"/{_random.Next(3)}" });
                break;
            case FrameType.Response:
                _frame.WriteByte((byte)(_random.Next(3) == 0 ? 0x13 : 0));
                _heads.Encode(_frame, new ResponseHead { Status = 200 }, HeadKind.Response);
                break;
            case FrameType.Informational:
                _heads.Encode(_frame, new ResponseHead { Status = 103 }, HeadKind.Informational);
                break;
            case FrameType.Trailers:
                _heads.Encode(_frame, new FieldList());
                break;
            case FrameType.Ping:
                _frame.Write(new byte[8]);
                break;
            case FrameType.GoAway:
                _frame.WriteVarint((ulong)_random.Next(5));
                _frame.WriteByte((byte)_random.Next(2));
                break;
            case FrameType.Reset:
                _frame.WriteByte((byte)_random.Next(6));
                _frame.WriteByte((byte)_random.Next(9));
                break;
            case FrameType.Window or FrameType.LaneWindow or FrameType.Verified or FrameType.WantSignature:
                _frame.WriteVarint((ulong)_random.NextInt64(_random.Next(2) == 0 ? 4 : 1 << 20));
                break;
            case FrameType.WantRest or FrameType.Rest:
                _frame.WriteVarint((ulong)_random.Next(3));
                _frame.WriteVarint((ulong)_random.Next(200));
                break;
            default:
                byte[] any = new byte[_random.Next(_random.Next(10) == 0 ? 16_000 : 40)];
                _random.NextBytes(any);
                _frame.Write(any);
                break;
        }

        return _frame.WrittenSpan.ToArray();
    }

    private void Send(FrameType type, FrameFlags flags, uint stream, ReadOnlySpan<byte> payload)
    {
        using var frame = new FrameBuffer(payload.Length + FrameHeader.MaxSize);
        frame.WriteHeader(new FrameHeader(type, flags, stream), payload.Length);
        frame.Write(payload);
        Engine.Receive(frame.WrittenSpan, _world.Now);
    }

    private enum Manner
    {
        /// <summary>Anything at all.</summary>
        Wild,

        /// <summary>Too many of one kind, each in order.</summary>
        Flood,

        /// <summary>Heads with a wrong bit.</summary>
        Heads,

        /// <summary>Nothing behind its hello.</summary>
        Silent,
    }
}
