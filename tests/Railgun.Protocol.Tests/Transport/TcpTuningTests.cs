using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Railgun.Protocol.Transport;

namespace Railgun.Protocol.Tests.Transport;

/// <summary>What a lane asks of its connection reaches the kernel: all of it is by number, and a wrong number is no error.</summary>
[Platform("Linux", Reason = "the options of a connection are Linux's")]
internal sealed class TcpTuningTests
{
    private const int TcpLevel = 6;
    private const int TcpInfo = 11;
    private const int TcpNotSentLowAt = 25;
    private const int MaxPacingOffset = 112;

    private Socket _near = null!;
    private Socket _far = null!;
    private TcpTuning _tuning = null!;

    [SetUp]
    public async Task Connect()
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        _near = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await _near.ConnectAsync(listener.LocalEndPoint!);
        _far = await listener.AcceptAsync();
        _tuning = new TcpTuning(_near);
    }

    [TearDown]
    public void Close()
    {
        _near.Dispose();
        _far.Dispose();
    }

    [Test]
    public void A_limit_of_the_pace_holds_until_it_is_lifted()
    {
        _tuning.LimitPace(1_234_567);
        Assert.That(MaxPacing(), Is.EqualTo(1_234_567));
        _tuning.LimitPace(0);
        Assert.That(MaxPacing(), Is.EqualTo(ulong.MaxValue));
    }

    [Test]
    public void A_limit_of_what_is_not_sent_is_the_kernels()
    {
        _tuning.LimitUnsent(34_567);
        byte[] value = new byte[sizeof(int)];
        _near.GetRawSocketOption(TcpLevel, TcpNotSentLowAt, value);
        Assert.That(BinaryPrimitives.ReadInt32LittleEndian(value), Is.EqualTo(34_567));
    }

    [Test]
    public async Task What_was_sent_tells_the_round_trip()
    {
        await _near.SendAsync(new byte[100_000]);
        Assert.That(await _far.ReceiveAsync(new byte[1000]), Is.Positive);
        TcpRates rates = _tuning.Rates();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(rates.RoundTrip, Is.GreaterThan(TimeSpan.Zero).And.LessThan(TimeSpan.FromSeconds(10)));
            Assert.That(rates.LastRoundTrip, Is.GreaterThanOrEqualTo(rates.RoundTrip).And.LessThan(TimeSpan.FromSeconds(10)));
            Assert.That(rates.Window, Is.Positive);
        }
    }

    [Test]
    public async Task BBR_tells_its_phase_and_what_it_knows_of_the_line()
    {
        string? refused = _tuning.UseCongestionControl("bbr");
        Assume.That(refused, Is.Null, "this kernel has no BBR, or does not allow it");
        await _near.SendAsync(new byte[100_000]);
        Assert.That(await _far.ReceiveAsync(new byte[1000]), Is.Positive);
        BbrState bbr = _tuning.Bbr();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(bbr.PacingGain, Is.InRange(0.3, 3));
            Assert.That(bbr.Rate, Is.InRange(0, 1_000_000_000_000));
        }
    }

    [Test]
    public void A_connection_without_BBR_tells_nothing_of_it() => Assert.That(_tuning.Bbr(), Is.Default);

    private ulong MaxPacing()
    {
        byte[] info = new byte[MaxPacingOffset + sizeof(ulong)];
        _near.GetRawSocketOption(TcpLevel, TcpInfo, info);
        return BinaryPrimitives.ReadUInt64LittleEndian(info.AsSpan(MaxPacingOffset));
    }
}
