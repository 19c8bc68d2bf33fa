using System.Buffers.Binary;
using System.Net;
using System.Text;
using Railgun.Listener.Clients;

namespace Railgun.Listener.Tests.Clients;

internal sealed class ProxyHeaderTests
{
    private const string Signature = "0D0A0D0A000D0A515549540A";

    [TestCase("PROXY TCP4 192.0.2.7 198.51.100.1 56324 443\r\n", "192.0.2.7:56324")]
    [TestCase("PROXY TCP6 2001:db8::7 2001:db8::1 1 65535\r\n", "[2001:db8::7]:1")]
    [TestCase("PROXY UNKNOWN\r\n", null)]
    [TestCase("PROXY UNKNOWN ffff::1 ffff::2 1 2\r\n", null)]
    public void A_line_is_read_however_it_is_cut(string line, string? client)
    {
        byte[] bytes = Encoding.ASCII.GetBytes(line + "GET / HTTP/1.1");
        for (int have = 0; have <= bytes.Length; have++)
        {
            ProxyHeaderStatus status = ProxyHeader.TryRead(bytes.AsSpan(0, have), out int length, out IPEndPoint? found);
            Assert.That(status, Is.EqualTo(have < line.Length ? ProxyHeaderStatus.More : ProxyHeaderStatus.Done), $"{have} bytes");
            if (status == ProxyHeaderStatus.Done)
            {
                Assert.That((length, found?.ToString()), Is.EqualTo((line.Length, client)));
            }
        }
    }

    [TestCase("2111000CC0000207C6336401DC0401BB", "192.0.2.7:56324", TestName = "Version 2, IPv4")]
    [TestCase("2121002420010DB800000000000000000000000720010DB8000000000000000000000001000101BB", "[2001:db8::7]:1", TestName = "Version 2, IPv6")]
    [TestCase("20000000", null, TestName = "Version 2, the balancer itself")]
    [TestCase("21000000", null, TestName = "Version 2, unspecified")]
    [TestCase("2131000400000000", null, TestName = "Version 2, a family without addresses of ours")]
    public void A_binary_header_is_read_however_it_is_cut(string hex, string? client)
    {
        byte[] header = Convert.FromHexString(Signature + hex);
        byte[] bytes = [.. header, .. "GET /"u8];
        for (int have = 0; have <= bytes.Length; have++)
        {
            ProxyHeaderStatus status = ProxyHeader.TryRead(bytes.AsSpan(0, have), out int length, out IPEndPoint? found);
            Assert.That(status, Is.EqualTo(have < header.Length ? ProxyHeaderStatus.More : ProxyHeaderStatus.Done), $"{have} bytes");
            if (status == ProxyHeaderStatus.Done)
            {
                Assert.That((length, found?.ToString()), Is.EqualTo((header.Length, client)));
            }
        }
    }

    [TestCase("GET / HTTP/1.1\r\n\r\n")]
    [TestCase("PROXYTCP4 192.0.2.7 198.51.100.1 1 2\r\n")]
    [TestCase("PROXY TCP4 192.0.2.7 198.51.100.1 1\r\n")]
    [TestCase("PROXY TCP4 192.0.2.7 198.51.100.1 1 2 3\r\n")]
    [TestCase("PROXY TCP4 2001:db8::7 2001:db8::1 1 2\r\n")]
    [TestCase("PROXY TCP6 192.0.2.7 198.51.100.1 1 2\r\n")]
    [TestCase("PROXY TCP4 192.0.2.07 198.51.100.1 1 2\r\n")]
    [TestCase("PROXY TCP4 3221225991 198.51.100.1 1 2\r\n")]
    [TestCase("PROXY TCP4 192.0.2.7 198.51.100.1 65536 2\r\n")]
    [TestCase("PROXY TCP4 192.0.2.7 198.51.100.1 +1 2\r\n")]
    [TestCase("PROXY UDP4 192.0.2.7 198.51.100.1 1 2\r\n")]
    [TestCase("proxy TCP4 192.0.2.7 198.51.100.1 1 2\r\n")]
    public void What_is_no_line_is_refused(string line) =>
        Assert.That(ProxyHeader.TryRead(Encoding.ASCII.GetBytes(line), out _, out _), Is.EqualTo(ProxyHeaderStatus.Refused));

    [Test]
    public void A_line_has_a_longest_length()
    {
        string longest = "PROXY UNKNOWN ".PadRight(105, 'x') + "\r\n";
        Assert.That(ProxyHeader.TryRead(Encoding.ASCII.GetBytes(longest), out _, out _), Is.EqualTo(ProxyHeaderStatus.Done));
        Assert.That(ProxyHeader.TryRead(Encoding.ASCII.GetBytes(longest.Insert(20, "x")), out _, out _), Is.EqualTo(ProxyHeaderStatus.Refused));
    }

    [TestCase(0)]
    [TestCase(1)]
    public void A_binary_header_has_a_longest_length(int beyond)
    {
        const int Most = 2048;
        byte[] header = [.. Convert.FromHexString(Signature + "21110000C0000207C6336401DC0401BB"), .. new byte[Most - 12 + beyond]];
        BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(14), (ushort)(Most + beyond));
        ProxyHeaderStatus status = ProxyHeader.TryRead(header, out int length, out IPEndPoint? found);
        Assert.That((status, length, found?.ToString()), Is.EqualTo(
            beyond == 0 ? (ProxyHeaderStatus.Done, ProxyHeader.MaxLength, "192.0.2.7:56324") : (ProxyHeaderStatus.Refused, 0, null)));
        Assert.That(ProxyHeader.TryRead(header.AsSpan(0, 16), out _, out _), Is.EqualTo(beyond == 0 ? ProxyHeaderStatus.More : ProxyHeaderStatus.Refused), "refused before it has come");
    }

    [TestCase("1111000CC0000207C6336401DC0401BB", TestName = "Another version")]
    [TestCase("2211000CC0000207C6336401DC0401BB", TestName = "Another command")]
    [TestCase("2111000BC0000207C6336401DC0401", TestName = "Addresses that are too short")]
    [TestCase("21110801", TestName = "Longer than is read")]
    public void What_is_no_binary_header_is_refused(string hex) =>
        Assert.That(ProxyHeader.TryRead(Convert.FromHexString(Signature + hex), out _, out _), Is.EqualTo(ProxyHeaderStatus.Refused));
}
