using System.Buffers;
using Microsoft.Extensions.Time.Testing;
using Railgun.Listener.Clients.Http2;
using Railgun.TestKit;

namespace Railgun.Listener.Tests.Clients.Http2;

/// <summary>Which frames are counted, however they are split.</summary>
internal sealed class FrameWatchTests
{
    private const byte Padded = 8;
    private const int Most = ConnectionAccount.MostPoints;

    [TestCase(H2Frames.Data, 0, 0, true)]
    [TestCase(H2Frames.Data, H2Frames.EndStream, 0, false)]
    [TestCase(H2Frames.Data, 0, 1, false)]
    [TestCase(H2Frames.Data, Padded, 1, true, TestName = "DATA that is padded with nothing and holds nothing")]
    [TestCase(H2Frames.Data, Padded | H2Frames.EndStream, 1, false, TestName = "The same at the end of a request")]
    [TestCase(H2Frames.Data, Padded, 2, false, TestName = "DATA that may be padded and holds a byte")]
    [TestCase(H2Frames.Headers, 4, 20, true)]
    [TestCase(2, 0, 5, true, TestName = "PRIORITY")]
    [TestCase(H2Frames.RstStream, 0, 4, true)]
    [TestCase(H2Frames.Settings, 0, 0, true)]
    [TestCase(H2Frames.Ping, 0, 8, true)]
    [TestCase(H2Frames.Ping, 1, 8, true)]
    [TestCase(H2Frames.GoAway, 0, 8, true)]
    [TestCase(H2Frames.WindowUpdate, 0, 4, true)]
    [TestCase(H2Frames.Continuation, 0, 100, true)]
    [TestCase(0x2A, 0, 300, true, TestName = "A type that nobody knows")]
    public void Frames_that_serve_no_request_are_counted(byte type, byte flags, int length, bool counted)
    {
        FrameWatch watch = Watch();
        byte[] frame = new H2Frames().Add(type, flags, 1, new byte[length]).ToArray();
        Assert.That(TakeMany(watch, frame, Most), Is.True);
        Assert.That(watch.TryTake(new ReadOnlySequence<byte>(frame)), Is.EqualTo(!counted));
    }

    [TestCase(9, 8, false)]
    [TestCase(9, 9, true)]
    [TestCase(9, 255, true)]
    public void Padding_is_nothing_that_a_request_holds(int length, int padding, bool counted)
    {
        FrameWatch watch = Watch();
        byte[] payload = new byte[length + 1];
        payload[0] = (byte)padding;
        byte[] frame = new H2Frames().Add(H2Frames.Data, Padded, 1, payload).ToArray();
        Assert.That(TakeMany(watch, frame, Most), Is.True);
        Assert.That(watch.TryTake(new ReadOnlySequence<byte>(frame)), Is.EqualTo(!counted));
    }

    [Test]
    public void It_does_not_matter_where_bytes_are_split()
    {
        byte[] frames = new H2Frames().Add(H2Frames.Ping, 0, 0, new byte[8]).Add(H2Frames.Data, 0, 1, new byte[1000]).Add(H2Frames.Data, Padded, 1, new byte[50]).Add(H2Frames.Settings, 0, 0, []).ToArray();
        for (int split = 1; split < frames.Length; split++)
        {
            FrameWatch watch = Watch();
            Assert.That(TakeMany(watch, frames, (Most / 2) - 1), Is.True);
            Assert.That(watch.TryTake(new ReadOnlySequence<byte>(frames[..split])) && watch.TryTake(new ReadOnlySequence<byte>(frames[split..])), Is.True);
            Assert.That(watch.TryTake(new ReadOnlySequence<byte>(frames)), Is.False, $"{split}");
        }
    }

    private static FrameWatch Watch()
    {
        var watch = new FrameWatch(new ConnectionAccount(new FakeTimeProvider()));
        Assert.That(watch.TryTake(new ReadOnlySequence<byte>(H2Frames.Preface.AsMemory(0, 24))), Is.True);
        return watch;
    }

    private static bool TakeMany(FrameWatch watch, byte[] frame, int times) =>
        Enumerable.Range(0, times).All(_ => watch.TryTake(new ReadOnlySequence<byte>(frame)));
}
