using Railgun.Protocol.Engine;

namespace Railgun.Protocol.Tests.Engine;

internal sealed class KeepAliveTests
{
    private const long Start = 77;

    private static readonly long PingAt = Start + KeepAlive.DefaultPingAfter.Ticks;
    private static readonly long DeadAt = Start + KeepAlive.DefaultDeadAfter.Ticks;

    [Test]
    public void Nothing_then_a_ping_then_the_end()
    {
        var keepAlive = new KeepAlive(Start);
        Assert.That(keepAlive.Check(PingAt - 1), Is.EqualTo(KeepAliveStep.Nothing));
        Assert.That(keepAlive.Check(PingAt), Is.EqualTo(KeepAliveStep.Ping));
        keepAlive.Ping(PingAt);
        Assert.That(keepAlive.Check(PingAt + 1), Is.EqualTo(KeepAliveStep.Nothing));
        Assert.That(keepAlive.Check(DeadAt - 1), Is.EqualTo(KeepAliveStep.Nothing));
        Assert.That(keepAlive.Check(DeadAt), Is.EqualTo(KeepAliveStep.Dead));
    }

    [Test]
    public void Any_byte_puts_it_off()
    {
        var keepAlive = new KeepAlive(Start);
        keepAlive.Heard(PingAt);
        Assert.That(keepAlive.Check(DeadAt - 1), Is.EqualTo(KeepAliveStep.Nothing));
        Assert.That(keepAlive.Check(DeadAt), Is.EqualTo(KeepAliveStep.Ping));
    }

    [Test]
    public void Silence_after_an_unanswered_ping_and_other_bytes_asks_again()
    {
        var keepAlive = new KeepAlive(Start);
        keepAlive.Ping(PingAt);
        keepAlive.Heard(PingAt + 1);
        Assert.That(keepAlive.Check(PingAt + 1 + KeepAlive.DefaultPingAfter.Ticks), Is.EqualTo(KeepAliveStep.Ping));
    }

    [Test]
    public void Only_the_pong_that_repeats_the_ping_counts()
    {
        var keepAlive = new KeepAlive(Start);
        ulong opaque = keepAlive.Ping(PingAt);
        keepAlive.Pong(opaque + 1, PingAt + 30);
        Assert.That(keepAlive.RoundTrip, Is.Null);
        keepAlive.Pong(opaque, PingAt + 50);
        Assert.That(keepAlive.RoundTrip, Is.EqualTo(TimeSpan.FromTicks(50)));
        keepAlive.Pong(opaque, PingAt + 90);
        Assert.That(keepAlive.RoundTrip, Is.EqualTo(TimeSpan.FromTicks(50)));
    }
}
