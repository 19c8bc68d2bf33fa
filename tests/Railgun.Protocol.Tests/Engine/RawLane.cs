using Railgun.Protocol.Engine;
using Railgun.Protocol.Frames;
using Railgun.Protocol.Tests.Frames;

namespace Railgun.Protocol.Tests.Engine;

/// <summary>One engine whose peer is the test: it writes any bytes and reads the frames that come back.</summary>
internal sealed class RawLane : IDisposable
{
    public RawLane(LinkRole role, bool greet = true, HelloStatus refusal = HelloStatus.Accepted)
    {
        Engine = new LaneEngine(
            new LaneEngineOptions { Hello = Lanes.Hello(role), Dialled = false, Refusal = refusal, RefusalText = refusal == HelloStatus.Accepted ? "" : "not you" },
            now: 0);
        if (greet)
        {
            Send(Hello(role == LinkRole.Sender ? LinkRole.Listener : LinkRole.Sender));
            Assert.That(Engine.State, Is.EqualTo(LaneState.Open));
            Frames();
        }
    }

    public LaneEngine Engine { get; }

    /// <summary>A HELLO frame.</summary>
    public static byte[] Hello(LinkRole role) => Hello(Lanes.Hello(role));

    /// <summary>A HELLO frame.</summary>
    public static byte[] Hello(Hello hello) => Frame(FrameType.Hello, FrameFlags.None, 0, Bytes.Of(b => HelloFrame.WriteFields(b, hello)));

    /// <summary>Any frame.</summary>
    public static byte[] Frame(FrameType type, FrameFlags flags, uint stream, params byte[] payload) => Bytes.Of(b =>
    {
        b.WriteHeader(new FrameHeader(type, flags, stream), payload.Length);
        b.Write(payload);
    });

    public void Send(params byte[] bytes) => Engine.Receive(bytes, now: 0);

    public void SendFrame(FrameType type, FrameFlags flags, uint stream, params byte[] payload) => Send(Frame(type, flags, stream, payload));

    /// <summary>Sends REQUEST without offers on a sender's lane.</summary>
    public void SendRequest(uint stream, FrameFlags flags = FrameFlags.End) => SendFrame(FrameType.Request, flags, stream, [0, 0, .. Heads.Blocks.Request(_encoder)]);

    /// <summary>Sends RESPONSE on a listener's lane.</summary>
    public void SendResponse(uint stream, byte coding = 0, FrameFlags flags = FrameFlags.None) =>
        SendFrame(FrameType.Response, flags, stream, [coding, .. Heads.Blocks.Response(_encoder)]);

    /// <summary>Opens a stream on a listener's lane and lets its request out.</summary>
    public StreamCore Open(params Railgun.Protocol.Versions.VersionName[] offers)
    {
        StreamCore stream = Engine.Open(Lanes.Get(), 1, offers, end: true)!;
        Frames();
        return stream;
    }

    /// <summary>All frames that the engine has to say now.</summary>
    public List<(FrameHeader Header, byte[] Payload)> Frames()
    {
        List<(FrameHeader, byte[])> frames = [];
        while (Engine.HasOutput && Engine.Pull(0) is { IsEmpty: false } bytes)
        {
            for (int used = 0; used < bytes.Length;)
            {
                Assert.That(FrameHeader.Read(bytes.Span[used..], out FrameHeader header, out ReadOnlySpan<byte> payload, out int length), Is.EqualTo(FrameStatus.Done));
                frames.Add((header, payload.ToArray()));
                used += length;
            }
        }

        return frames;
    }

    public void Dispose() => Engine.Dispose();

    private readonly Railgun.Protocol.Heads.HeadEncoder _encoder = new(Railgun.Protocol.Heads.FieldTable.MaxBytes);
}
