using Railgun.Protocol.Engine;
using Railgun.Sender.Origin;

namespace Railgun.Sender.Tests.Origin.Http1;

/// <summary>What could be read in two ways is not passed on: 502 that names the origin, and the connection is not used again (RFC 9112 section 11).</summary>
[CancelAfter(30_000)]
internal sealed class RefusalTests
{
    private const string Start = "HTTP/1.1 200 OK\r\n";

    [TestCase(Start + "Content-Length: 2\r\nContent-Length: 3\r\n\r\nokk", "two lengths")]
    [TestCase(Start + "Content-Length: 2, 2\r\n\r\nok", "no number")]
    [TestCase(Start + "Content-Length: +2\r\n\r\nok", "no number")]
    [TestCase(Start + "Content-Length: 0x2\r\n\r\nok", "no number")]
    [TestCase(Start + "Content-Length: -2\r\n\r\nok", "no number")]
    [TestCase(Start + "Content-Length: \r\n\r\nok", "no number")]
    [TestCase(Start + "Content-Length: 99999999999999999999\r\n\r\nok", "no number")]
    [TestCase(Start + "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n", "both")]
    [TestCase(Start + "Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n", "transfer coding")]
    [TestCase(Start + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "transfer coding")]
    [TestCase(Start + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", "transfer coding")]
    [TestCase(Start + "Transfer-Encoding: identity\r\n\r\nok", "transfer coding")]
    [TestCase(Start + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n", "transfer coding")]
    [TestCase(Start + "Transfer-Encoding: \u000bchunked\r\n\r\n0\r\n\r\n", "control character")]
    [TestCase(Start + "Transfer-Encoding: , chunked\r\n\r\n0\r\n\r\n", "transfer coding")]
    [TestCase("HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "HTTP/1.0")]
    [TestCase("HTTP/1.1 200 OK\nContent-Length: 2\n\nok", "lone LF")]
    [TestCase(Start + "X-A: 1\nX-B: 2\r\nContent-Length: 2\r\n\r\nok", "lone LF")]
    [TestCase(Start + "X-A: 1\rX-B: 2\r\nContent-Length: 2\r\n\r\nok", "lone CR")]
    [TestCase(Start + "X-A: 1\0\r\nContent-Length: 2\r\n\r\nok", "NUL")]
    [TestCase(Start + "X-A: 1\u0001\r\nContent-Length: 2\r\n\r\nok", "control character")]
    [TestCase(Start + "X-A: 1\u007f\r\nContent-Length: 2\r\n\r\nok", "control character")]
    [TestCase(Start + "X-A: 1\r\n folded\r\nContent-Length: 2\r\n\r\nok", "folded")]
    [TestCase(Start + " X-A: 1\r\nContent-Length: 2\r\n\r\nok", "folded")]
    [TestCase(Start + "Content-Length : 2\r\n\r\nok", "space before a colon")]
    [TestCase(Start + "Content-Length\t: 2\r\n\r\nok", "space before a colon")]
    [TestCase(Start + "X A: 2\r\nContent-Length: 2\r\n\r\nok", "no token")]
    [TestCase(Start + ": 2\r\nContent-Length: 2\r\n\r\nok", "no token")]
    [TestCase(Start + "nonsense\r\nContent-Length: 2\r\n\r\nok", "without a colon")]
    [TestCase("HTTP/2 200 OK\r\nContent-Length: 2\r\n\r\nok", "status line")]
    [TestCase("HTTP/1.2 200 OK\r\nContent-Length: 2\r\n\r\nok", "status line")]
    [TestCase("http/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", "status line")]
    [TestCase("HTTP/1.1  200 OK\r\nContent-Length: 2\r\n\r\nok", "status line")]
    [TestCase("HTTP/1.1 2000 OK\r\nContent-Length: 2\r\n\r\nok", "status line")]
    [TestCase("HTTP/1.1 099 OK\r\nContent-Length: 2\r\n\r\nok", "status line")]
    [TestCase("HTTP/1.1 20 OK\r\nContent-Length: 2\r\n\r\nok", "status line")]
    [TestCase("\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", "status line")]
    [TestCase("HTTP/1.1 204 No Content\r\nContent-Length: 2\r\n\r\nok", "204")]
    [TestCase("HTTP/1.1 204 No Content\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "204")]
    [TestCase("HTTP/1.1 204 No Content\r\n\r\nHTTP/1.1 200 OK\r\n\r\n", "204")]
    [TestCase("HTTP/1.1 304 Not Modified\r\nContent-Length: 2\r\n\r\nok", "304")]
    [TestCase("HTTP/1.1 205 Reset Content\r\nContent-Length: 2\r\n\r\nok", "205")]
    [TestCase("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n", "nobody asked")]
    [TestCase("HTTP/1.1 103 Early Hints\r\nContent-Length: 2\r\n\r\nokHTTP/1.1 200 OK\r\n\r\n", "103")]
    [TestCase("HTTP/1.1 103 Early Hints\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nHTTP/1.1 200 OK\r\n\r\n", "103")]
    [TestCase(Start + "Content-Length: 2\r\n\r\nokHTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil", "another answer")]
    public async Task An_answer_that_could_be_read_in_two_ways_is_refused(string sent, string reason)
    {
        Answer answer = await Asking.AnsweredAsync(sent);
        Assert.That(answer.Failure, Is.Not.Null);
        Assert.That((answer.Failure!.Kind, answer.Failure.Status, answer.Failure.Stage), Is.EqualTo((OriginFailureKind.NoHead, 502, Stage.Origin)));
        Assert.That(answer.Failure.Reason, Does.Contain(reason).And.Contain("127.0.0.1:"));
        Assert.That(answer.Body, Is.Empty);
    }

    [TestCase("xyz\r\n", "no number")]
    [TestCase("\r\n", "no number")]
    [TestCase("-2\r\nok\r\n", "no number")]
    [TestCase("0x2\r\nok\r\n", "no number")]
    [TestCase(" 2\r\nok\r\n", "no number")]
    [TestCase("2 \r\nok\r\n", "no number")]
    [TestCase("2\nok\r\n", "no number")]
    [TestCase("2\rok\r\n", "lone CR")]
    [TestCase("2\r\nokk\r\n0\r\n\r\n", "longer than its size")]
    [TestCase("2\r\nok\n0\r\n\r\n", "longer than its size")]
    [TestCase("0000000000000002\r\nok\r\n", "too long")]
    [TestCase("ffffffffffffffff\r\nok\r\n", "too long")]
    [TestCase("2;a\nb\r\nok\r\n", "control character")]
    [TestCase("0\r\nX: 1\nY: 2\r\n\r\n", "lone LF")]
    [TestCase("0\r\n X: 1\r\n\r\n", "folded")]
    [TestCase("0\r\nX : 1\r\n\r\n", "space before a colon")]
    public async Task A_chunked_body_that_could_be_read_in_two_ways_breaks_off(string body, string reason)
    {
        Answer answer = await Asking.AnsweredAsync(Start + "Transfer-Encoding: chunked\r\n\r\n" + body);
        Assert.That(answer.Failure?.Kind, Is.EqualTo(OriginFailureKind.BodyBroken));
        Assert.That(answer.Failure!.Reason, Does.Contain(reason).And.Contain("127.0.0.1:"));
    }

    [Test]
    public async Task A_205_with_a_body_is_refused_however_it_is_framed()
    {
        Answer answer = await Asking.AnsweredAsync("HTTP/1.1 205 Reset Content\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n");
        Assert.That(answer.Failure?.Kind, Is.EqualTo(OriginFailureKind.BodyBroken));
    }

    [TestCase(256, true)]
    [TestCase(257, false)]
    public async Task A_chunks_extension_has_a_limit(int length, bool passes)
    {
        string body = "2;" + new string('x', length) + "\r\nok\r\n0\r\n\r\n";
        Answer answer = await Asking.AnsweredAsync(Start + "Transfer-Encoding: chunked\r\n\r\n" + body);
        Assert.That(answer.Failure is null, Is.EqualTo(passes), answer.Failure?.Reason);
    }

    [TestCase(32, true)]
    [TestCase(33, false)]
    public async Task Informational_heads_have_a_limit(int count, bool passes)
    {
        string hints = string.Concat(Enumerable.Repeat("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n", count));
        Answer answer = await Asking.AnsweredAsync(hints + Start + "Content-Length: 2\r\n\r\nok");
        Assert.That(answer.Failure is null, Is.EqualTo(passes), answer.Failure?.Reason);
    }

    [TestCase(255, true)]
    [TestCase(257, false)]
    public async Task Fields_have_a_limit(int count, bool passes)
    {
        Answer answer = await Asking.AnsweredAsync(Start + string.Concat(Enumerable.Repeat("X-A: 1\r\n", count - 1)) + "Content-Length: 2\r\n\r\nok");
        Assert.That(answer.Failure is null, Is.EqualTo(passes), answer.Failure?.Reason);
    }

    [TestCase(Limits.MaxHead - 200, true)]
    [TestCase(Limits.MaxHead, false)]
    public async Task A_head_has_a_longest_length(int value, bool passes)
    {
        Answer answer = await Asking.AnsweredAsync(Start + "X-A: " + new string('x', value) + "\r\nContent-Length: 2\r\n\r\nok");
        Assert.That(answer.Failure is null, Is.EqualTo(passes), answer.Failure?.Reason);
        Assert.That(passes || answer.Failure!.Kind == OriginFailureKind.LimitExceeded);
    }

    [Test]
    public async Task A_length_that_was_counted_too_short_holds_and_the_rest_is_nobodys()
    {
        await using RawOrigin raw = new(async connection =>
        {
            while (await connection.ReadHeadAsync() is { Length: > 0 })
            {
                await connection.WriteAsync(Start + "Content-Length: 2\r\n\r\nokay");
            }
        });
        using Railgun.Sender.Origin.Http1.Http1Origin origin = Asking.Make(raw.Port);
        Answer first = await origin.AskAsync(Asking.Head("GET"));
        Answer next = await origin.AskAsync(Asking.Head("GET"));
        Assert.That((first.Text, next.Text, raw.Connections), Is.EqualTo(("ok", "ok", 2)));
    }

    [Test]
    public async Task After_a_head_alone_what_follows_is_nobodys_answer()
    {
        int answered = 0;
        await using RawOrigin raw = new(async connection =>
        {
            while (await connection.ReadHeadAsync() is { Length: > 0 })
            {
                answered++;
                await connection.WriteAsync(Start + "Content-Length: 4\r\n\r\nevil");
            }
        });
        using Railgun.Sender.Origin.Http1.Http1Origin origin = Asking.Make(raw.Port);
        Answer head = await origin.AskAsync(Asking.Head("HEAD"));
        Answer next = await origin.AskAsync(Asking.Head("GET"));
        Assert.That((head.Head?.Status, head.Text, next.Text), Is.EqualTo((200, "", "evil")));
        Assert.That((raw.Connections, answered), Is.EqualTo((2, 2)), "The connection with the bytes that nobody asked for is not used again.");
    }
}
