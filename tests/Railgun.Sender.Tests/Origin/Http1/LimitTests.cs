using System.Net.Sockets;
using System.Text;
using Railgun.Protocol.Engine;
using Railgun.Sender.Origin;
using Railgun.Sender.Origin.Http1;

namespace Railgun.Sender.Tests.Origin.Http1;

/// <summary>What an origin may send at most, at the limit and one beyond.</summary>
[CancelAfter(30_000)]
internal sealed class LimitTests
{
    private const string Ok = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n";

    [TestCase(0, true)]
    [TestCase(1, false)]
    public async Task The_bytes_of_a_head(int beyond, bool passes)
    {
        int room = Limits.MaxHead - Ok.Length - "X: \r\n".Length;
        Answer answer = await Asking.AnsweredAsync($"{Ok}X: {new string('v', room + beyond)}\r\n\r\n");
        Check(answer, passes, "longer than 65536 bytes");
    }

    [TestCase(0, HeadScan.Done)]
    [TestCase(1, HeadScan.Refused)]
    public void The_bytes_that_are_read_for_a_head_before_it_is_given_up(int beyond, HeadScan found)
    {
        const string Line = "HTTP/1.1 200\r\n";
        byte[] bytes = Encoding.ASCII.GetBytes($"{Line}X: {new string('v', Limits.MaxHead - Line.Length - 5 + beyond)}\r\n\r\n");
        HeadScanner scanner = new();
        Assert.That(scanner.Scan(bytes, out _), Is.EqualTo(found));
        Assert.That(scanner.IsTooLarge, Is.EqualTo(found == HeadScan.Refused));
        scanner = new HeadScanner();
        Assert.That(scanner.Scan(new byte[] { 65 }.Concat(Enumerable.Repeat((byte)65, Limits.MaxHead)).ToArray(), out _), Is.EqualTo(HeadScan.Refused), "also where no line ends");
    }

    [TestCase(0, true)]
    [TestCase(1, false)]
    public async Task The_number_of_fields(int beyond, bool passes)
    {
        string fields = string.Concat(Enumerable.Repeat("X: y\r\n", Limits.MaxHeadFields - 2 + beyond));
        Check(await Asking.AnsweredAsync($"{Ok}{fields}\r\n"), passes, "more than 256 fields");
    }

    [TestCase(0, true)]
    [TestCase(1, false)]
    public async Task The_number_of_trailers(int beyond, bool passes)
    {
        string fields = string.Concat(Enumerable.Repeat("X: y\r\n", Limits.MaxHeadFields + beyond));
        Answer answer = await Asking.AnsweredAsync($"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n{fields}\r\n");
        Check(answer, passes, "more than 256 fields");
        Assert.That(answer.Trailers?.Count, Is.EqualTo(passes ? Limits.MaxHeadFields : null));
    }

    [TestCase(0, true)]
    [TestCase(1, false)]
    public async Task The_bytes_of_all_trailers(int beyond, bool passes)
    {
        int room = Limits.MaxHead - "X: \r\n".Length;
        Answer answer = await Asking.AnsweredAsync($"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nX: {new string('v', room + beyond)}\r\n\r\n");
        Check(answer, passes, "longer than 65536 bytes");
        Assert.That(answer.Trailers?.First("X")?.Length, Is.EqualTo(passes ? room : null));
    }

    [TestCase(0, true)]
    [TestCase(1, false)]
    public async Task The_number_of_informational_heads(int beyond, bool passes)
    {
        string many = string.Concat(Enumerable.Repeat("HTTP/1.1 103 Early Hints\r\n\r\n", Http1Exchange.MaxInformational + beyond));
        Check(await Asking.AnsweredAsync($"{many}{Ok}\r\n"), passes, "more than 32 informational heads");
    }

    [TestCase(0, ChunkStep.Data)]
    [TestCase(1, ChunkStep.Refused)]
    public void The_bytes_of_a_chunks_extension(int beyond, ChunkStep step)
    {
        ChunkedReader reader = new();
        Assert.That(reader.Read(Encoding.ASCII.GetBytes($"5;{new string('e', ChunkedReader.MaxExtension + beyond)}\r\n"), out _), Is.EqualTo(step));
    }

    [TestCase(0, ChunkStep.Data)]
    [TestCase(1, ChunkStep.Refused)]
    public void The_digits_of_a_chunks_size(int beyond, ChunkStep step)
    {
        ChunkedReader reader = new();
        Assert.That(reader.Read(Encoding.ASCII.GetBytes($"{new string('f', ChunkedReader.MaxDigits + beyond)}\r\n"), out _), Is.EqualTo(step));
    }

    [Test]
    public async Task The_connections_that_are_kept_while_nobody_needs_them()
    {
        using TcpListener port = new(System.Net.IPAddress.Loopback, 0);
        port.Start(ConnectionPool.MaxIdle + 1);
        List<Stream> opened = [];
        using ConnectionPool pool = new(
            async cancellation =>
            {
                Socket socket = new(SocketType.Stream, ProtocolType.Tcp);
                await socket.ConnectAsync(port.LocalEndpoint, cancellation);
                NetworkStream stream = new(socket);
                opened.Add(stream);
                return (socket, stream);
            },
            new OriginOptions(),
            TimeProvider.System);
        List<OriginConnection> taken = [];
        for (int i = 0; i <= ConnectionPool.MaxIdle; i++)
        {
            taken.Add(await pool.TakeAsync(TimeSpan.Zero, CancellationToken.None));
        }

        taken.ForEach(connection => pool.Return(connection, reusable: true));
        Assert.That(opened.Count(static stream => stream.CanRead), Is.EqualTo(ConnectionPool.MaxIdle));
    }

    private static void Check(Answer answer, bool passes, string reason) =>
        Assert.That(answer.Failure?.Reason, passes ? Is.Null : Does.Contain(reason));
}
