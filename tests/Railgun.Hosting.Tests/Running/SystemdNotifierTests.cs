using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using Railgun.Hosting.Running;

namespace Railgun.Hosting.Tests.Running;

[Platform(Include = "Linux")]
internal sealed class SystemdNotifierTests
{
    private ScratchDirectory _scratch = null!;
    private Socket _systemd = null!;

    [SetUp]
    public void Listen()
    {
        _scratch = new ScratchDirectory();
        _systemd = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified) { ReceiveTimeout = 5000 };
        _systemd.Bind(new UnixDomainSocketEndPoint(_scratch["notify"]));
    }

    [TearDown]
    public void Close()
    {
        _systemd.Dispose();
        _scratch.Dispose();
    }

    [Test]
    public void It_says_ready_reloading_and_stopping()
    {
        using var notifier = new SystemdNotifier(Environment(), TimeProvider.System);
        notifier.Ready("running");
        Assert.That(Receive(), Is.EqualTo("READY=1\nSTATUS=running"));
        notifier.Reloading();
        Assert.That(Receive(), Does.Match("^RELOADING=1\nMONOTONIC_USEC=[1-9][0-9]+$"));
        notifier.Stopping("draining", TimeSpan.FromSeconds(45));
        Assert.That(Receive(), Is.EqualTo("STOPPING=1\nSTATUS=draining\nEXTEND_TIMEOUT_USEC=45000000"));
    }

    [Test]
    public void It_feeds_the_watchdog_at_half_its_period()
    {
        var time = new FakeTimeProvider();
        using var notifier = new SystemdNotifier(Environment(("WATCHDOG_USEC", "10000000"), ("WATCHDOG_PID", $"{System.Environment.ProcessId}")), time);
        notifier.Ready("running");
        Receive();
        time.Advance(TimeSpan.FromSeconds(5));
        Assert.That(Receive(), Is.EqualTo("WATCHDOG=1"));
        Assert.That(_systemd.Available, Is.Zero);
    }

    [Test]
    public void Another_process_watchdog_is_left_alone()
    {
        var time = new FakeTimeProvider();
        using var notifier = new SystemdNotifier(Environment(("WATCHDOG_USEC", "10000000"), ("WATCHDOG_PID", "1")), time);
        notifier.Ready("running");
        Receive();
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.That(_systemd.Available, Is.Zero);
    }

    [Test]
    public void Without_systemd_and_with_one_that_is_gone_it_does_nothing()
    {
        using var none = new SystemdNotifier(new Dictionary<string, string>(), TimeProvider.System);
        Assert.That(() => none.Ready("running"), Throws.Nothing);
        using var gone = new SystemdNotifier(new Dictionary<string, string> { ["NOTIFY_SOCKET"] = _scratch["absent"] }, TimeProvider.System);
        Assert.That(() => gone.Ready("running"), Throws.Nothing);
    }

    private Dictionary<string, string> Environment(params (string Name, string Value)[] more)
    {
        var environment = new Dictionary<string, string> { ["NOTIFY_SOCKET"] = _scratch["notify"] };
        foreach ((string name, string value) in more)
        {
            environment[name] = value;
        }

        return environment;
    }

    private string Receive()
    {
        byte[] buffer = new byte[4096];
        return Encoding.UTF8.GetString(buffer, 0, _systemd.Receive(buffer));
    }
}
