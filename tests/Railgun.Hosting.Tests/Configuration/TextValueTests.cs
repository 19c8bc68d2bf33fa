using Railgun.Hosting.Configuration;

namespace Railgun.Hosting.Tests.Configuration;

internal sealed class TextValueTests
{
    [TestCase("edge.example:2408", "edge.example:2408")]
    [TestCase("edge.example", "edge.example:2408")]
    [TestCase("192.0.2.7:99", "192.0.2.7:99")]
    [TestCase("[2001:db8::1]:99", "[2001:db8::1]:99")]
    [TestCase("[2001:db8::1]", "[2001:db8::1]:2408")]
    [TestCase("2001:db8::1", "[2001:db8::1]:2408")]
    public void A_host_may_leave_out_the_port(string text, string same)
    {
        Assert.That(HostPort.TryParse(text, out HostPort? read), Is.True);
        Assert.That(read!.ToString(), Is.EqualTo(same));
    }

    [TestCase("")]
    [TestCase(":2408")]
    [TestCase("edge.example:")]
    [TestCase("edge.example:0")]
    [TestCase("edge.example:65536")]
    [TestCase("edge.example:+5")]
    [TestCase("http://edge.example")]
    [TestCase("edge example:1")]
    [TestCase("[2001:db8::1]x:1")]
    [TestCase("[2001:db8::1:1")]
    public void What_is_no_host_is_refused(string text) => Assert.That(HostPort.TryParse(text, out _), Is.False);

    [TestCase("127.0.0.1:80", "127.0.0.1:80")]
    [TestCase("localhost:80", "127.0.0.1:80")]
    [TestCase("[::1]:0", "[::1]:0")]
    [TestCase(":80", "[::]:80")]
    [TestCase("*:80", "[::]:80")]
    public void An_address_to_listen_on_is_an_IP_and_a_port(string text, string same)
    {
        Assert.That(ListenAddress.TryParse(text, out ListenAddress? read), Is.True);
        Assert.That(read!.ToString(), Is.EqualTo(same));
    }

    [TestCase("80")]
    [TestCase("127.0.0.1")]
    [TestCase("127.0.0.1:")]
    [TestCase("127.0.0.1:70000")]
    [TestCase("edge.example:80")]
    [TestCase("::1:80")]
    [TestCase("[127.0.0.1]:80")]
    [TestCase("[::1:80")]
    public void What_is_no_address_to_listen_on_is_refused(string text) => Assert.That(ListenAddress.TryParse(text, out _), Is.False);

    [TestCase("0", 0L, "0")]
    [TestCase("65536", 65536L, "64KiB")]
    [TestCase("256MiB", 268435456L, "256MiB")]
    [TestCase("256m", 268435456L, "256MiB")]
    [TestCase("1.5 GiB", 1610612736L, "1536MiB")]
    [TestCase("1GB", 1000000000L, "1000000000")]
    [TestCase("10B", 10L, "10")]
    public void Sizes_have_units(string text, long bytes, string same)
    {
        Assert.That(ByteSize.TryParse(text, out ByteSize read), Is.True);
        Assert.That(read.Bytes, Is.EqualTo(bytes));
        Assert.That(read.ToString(), Is.EqualTo(same));
    }

    [TestCase("")]
    [TestCase("-1")]
    [TestCase("MiB")]
    [TestCase("1 PiB")]
    [TestCase("9999999TiB")]
    [TestCase("1e3")]
    public void What_is_no_size_is_refused(string text) => Assert.That(ByteSize.TryParse(text, out _), Is.False);

    [TestCase("0", 0, "0s")]
    [TestCase("500ms", 500, "500ms")]
    [TestCase("1.5s", 1500, "1500ms")]
    [TestCase("5s", 5000, "5s")]
    [TestCase("2min", 120000, "2min")]
    [TestCase("2 m", 120000, "2min")]
    [TestCase("1h", 3600000, "1h")]
    [TestCase("1d", 86400000, "24h")]
    public void Durations_have_units(string text, int milliseconds, string same)
    {
        Assert.That(Duration.TryParse(text, out TimeSpan read), Is.True);
        Assert.That(read.TotalMilliseconds, Is.EqualTo(milliseconds));
        Assert.That(Duration.Format(read), Is.EqualTo(same));
    }

    [TestCase("")]
    [TestCase("5")]
    [TestCase("-5s")]
    [TestCase("5 parsecs")]
    [TestCase("s")]
    [TestCase("999999h")]
    public void What_is_no_duration_is_refused(string text) => Assert.That(Duration.TryParse(text, out _), Is.False);
}
