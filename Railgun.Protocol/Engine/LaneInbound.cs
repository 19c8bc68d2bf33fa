using Railgun.Protocol.Frames;

namespace Railgun.Protocol.Engine;

/// <summary>
/// The reading half of a lane: cuts the bytes into frames and hands each to who understands it. A frame that breaks a rule of the lane ends the lane with a code.
/// </summary>
internal sealed class LaneInbound : IDisposable
{
    private readonly LaneEngine _engine;
    private readonly StreamInbound _streams;
    private readonly FrameBuffer _partial = new(FrameHeader.MaxFrameLength + FrameHeader.MaxSize);

    /// <summary>Makes the reading half of <paramref name="engine"/>.</summary>
    public LaneInbound(LaneEngine engine)
    {
        _engine = engine;
        _streams = new StreamInbound(engine);
    }

    /// <summary>Takes bytes; what is no whole frame yet is kept.</summary>
    public void Receive(ReadOnlySpan<byte> bytes, long now)
    {
        if (_partial.Length == 0)
        {
            int used = Process(bytes, now);
            _partial.Write(bytes[used..]);
            return;
        }

        _partial.Write(bytes);
        int consumed = Process(_partial.WrittenSpan, now);
        _partial.Drop(consumed);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _partial.Dispose();
        _streams.Dispose();
    }

    private int Process(ReadOnlySpan<byte> bytes, long now)
    {
        int used = 0;
        while (_engine.State != LaneState.Closed)
        {
            switch (FrameHeader.Read(bytes[used..], out FrameHeader header, out ReadOnlySpan<byte> payload, out int length))
            {
                case FrameStatus.NeedMore when _engine.State == LaneState.Greeting && used < bytes.Length && !MayGreet(bytes[used]):
                    _engine.Fail(LaneCode.Protocol, "what came is no hello");
                    return bytes.Length;
                case FrameStatus.NeedMore:
                    return used;
                case FrameStatus.TooLong:
                    _engine.Fail(LaneCode.LimitExceeded, $"a frame is longer than {FrameHeader.MaxFrameLength} bytes");
                    return bytes.Length;
                case FrameStatus.Malformed:
                    _engine.Fail(LaneCode.Protocol, "a frame's header is malformed");
                    return bytes.Length;
            }

            used += length;
            Dispatch(header, payload, length, now);
        }

        return bytes.Length;
    }

    private void Dispatch(FrameHeader header, ReadOnlySpan<byte> payload, int length, long now)
    {
        if (header.Type >= FrameType.FirstSkippable)
        {
            _engine.Spend(1, "frames of types that nobody knows");
            return;
        }

        if (!FlagRules.Fits(header))
        {
            _engine.Fail(LaneCode.Protocol, $"{header.Type} carries a flag that is reserved");
        }
        else if (_engine.State == LaneState.Greeting)
        {
            Greet(header, payload);
        }
        else if (_streams.InHead && header.Type != FrameType.HeadMore)
        {
            _engine.Fail(LaneCode.Protocol, $"{header.Type} came inside a head block");
        }
        else if (header.HasStream)
        {
            _streams.Dispatch(header, payload, length);
        }
        else
        {
            DispatchLane(header, payload, now);
        }
    }

    /// <summary>Whether a hello, or what may stand in its place, can begin so: another protocol is told at its first byte, not after a time-out.</summary>
    private static bool MayGreet(byte first) =>
        first is (byte)FrameType.Hello or (byte)FrameType.HelloAnswer or (byte)FrameType.GoAway || (first & 0x1F) >= (byte)FrameType.FirstSkippable;

    private void Greet(FrameHeader header, ReadOnlySpan<byte> payload)
    {
        switch (header.Type)
        {
            case FrameType.Hello when !_engine.Options.Dialled:
                OnHello(payload);
                break;
            case FrameType.HelloAnswer when _engine.Options.Dialled:
                OnAnswer(payload);
                break;
            case FrameType.GoAway:
                OnGoAway(payload);
                break;
            default:
                _engine.Fail(LaneCode.Protocol, $"{header.Type} came before hello was over");
                break;
        }
    }

    private void OnHello(ReadOnlySpan<byte> payload)
    {
        var reader = new FrameReader(payload);
        Hello? peer = HelloFrame.ReadFields(ref reader);
        (HelloStatus status, string text) = Judge(peer);
        _engine.Out.QueueAnswer(status, text);
        if (status == HelloStatus.Accepted)
        {
            _engine.Opened(peer!);
        }
        else
        {
            _engine.Refused(status, text, byPeer: false);
        }
    }

    private (HelloStatus Status, string Text) Judge(Hello? peer)
    {
        Hello own = _engine.Options.Hello;
        if (peer is null)
        {
            return (HelloStatus.Malformed, "the hello is malformed");
        }

        if (_engine.Options.Refusal != HelloStatus.Accepted)
        {
            return (_engine.Options.Refusal, _engine.Options.RefusalText);
        }

        if (peer.Role == own.Role)
        {
            return (HelloStatus.Role, $"both sides are a {own.Role.ToString().ToLowerInvariant()}: a link needs one listener and one sender");
        }

        return peer.MinVersion > own.MaxVersion || peer.MaxVersion < own.MinVersion
            ? (HelloStatus.Version, $"this side speaks wire format {own.MinVersion} to {own.MaxVersion}, the peer {peer.MinVersion} to {peer.MaxVersion}: upgrade the older one")
            : (HelloStatus.Accepted, "");
    }

    private void OnAnswer(ReadOnlySpan<byte> payload)
    {
        if (!HelloAnswerFrame.TryRead(payload, out HelloStatus status, out string text, out Hello? peer))
        {
            _engine.Fail(LaneCode.Protocol, "the answer to hello is malformed");
        }
        else if (status != HelloStatus.Accepted)
        {
            _engine.Refused(status, text, byPeer: true);
        }
        else if (Judge(peer) is { Status: not HelloStatus.Accepted } judged)
        {
            _engine.Fail(LaneCode.Protocol, judged.Text);
        }
        else
        {
            _engine.Opened(peer!);
        }
    }

    private void DispatchLane(FrameHeader header, ReadOnlySpan<byte> payload, long now)
    {
        switch (header.Type)
        {
            case FrameType.Ping:
                OnPing(header, payload, now);
                break;
            case FrameType.LaneWindow:
                OnLaneWindow(payload, (header.Flags & FrameFlags.Mark) != 0);
                break;
            case FrameType.GoAway:
                _engine.Spend(FloodGuard.Most / 16, "go-aways");
                OnGoAway(payload);
                break;
            default:
                _engine.Fail(LaneCode.Protocol, $"frame type 0x{(byte)header.Type:x2} is not allowed here");
                break;
        }
    }

    private void OnPing(FrameHeader header, ReadOnlySpan<byte> payload, long now)
    {
        if (!PingFrame.TryRead(payload, out ulong opaque))
        {
            _engine.Fail(LaneCode.Protocol, "a ping is malformed");
        }
        else if ((header.Flags & FrameFlags.End) != 0)
        {
            _engine.Spend(1, "pongs");
            _engine.KeepAlive.Pong(opaque, now);
        }
        else
        {
            _engine.Spend(1, "pings");
            _engine.Out.QueueControl(new ControlFrame(FrameType.Ping, 0, opaque, Second: 1));
        }
    }

    private void OnLaneWindow(ReadOnlySpan<byte> payload, bool grown)
    {
        if (!NumberFrame.TryRead(payload, out ulong increment) || increment == 0 || _engine.Out.SendCredit + (long)increment > Hello.MaxWindow)
        {
            _engine.Fail(LaneCode.FlowControl, "the lane's window is malformed or too large");
            return;
        }

        if (increment < StreamInbound.SmallIncrement)
        {
            _engine.Spend(1, "small windows");
        }

        _engine.Out.AddCredit((long)increment, grown);
    }

    private void OnGoAway(ReadOnlySpan<byte> payload)
    {
        if (!GoAwayFrame.TryRead(payload, out uint last, out LaneCode code, out string text))
        {
            _engine.Fail(LaneCode.Protocol, "a go-away is malformed");
            return;
        }

        _engine.PeerLeaves(last, code, text);
    }
}
