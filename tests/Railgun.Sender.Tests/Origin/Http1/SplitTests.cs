using Railgun.Sender.Origin.Http1;

namespace Railgun.Sender.Tests.Origin.Http1;

/// <summary>However the network cuts an answer, it means the same.</summary>
[CancelAfter(60_000)]
internal sealed class SplitTests
{
    private const string Chunked =
        "HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\nHTTP/1.1 200 OK\r\nX-A: 1\r\nTransfer-Encoding: chunked\r\n\r\n"
        + "5;x=\"y\"\r\nhello\r\n00A\r\n, railgun!\r\n0\r\nX-Sum: 15\r\nX-Last: \u00e9\r\n\r\n";

    private const string Sized = "HTTP/1.1 200\r\nContent-Length: 15\r\nX-A: 1\r\nX-Sum: 15\r\n\r\nhello, railgun!";

    [TestCase(Chunked, true)]
    [TestCase(Sized, false)]
    public async Task An_answer_cut_in_two_at_any_byte_is_the_same_answer(string sent, bool hasTrailers, CancellationToken cancellation)
    {
        await using RawOrigin raw = RawOrigin.Answering(sent);
        for (int cut = 0; cut < sent.Length; cut++)
        {
            using Http1Origin origin = Asking.MakeCut(raw.Port, cut);
            Answer answer = await origin.AskAsync(Asking.Head("GET"));
            Assert.That(answer.Failure, Is.Null, $"cut at {cut}");
            Assert.That((answer.Head!.Status, answer.Text, answer.Head.Fields.First("X-A")), Is.EqualTo((200, "hello, railgun!", "1")), $"cut at {cut}");
            Assert.That(answer.Informational.Select(h => h.Fields.First("Link")), Is.EqualTo(hasTrailers ? new[] { "</a.css>" } : []), $"cut at {cut}");
            Assert.That(answer.Trailers?.Select(f => f.Name + "=" + f.Value), Is.EqualTo(hasTrailers ? new[] { "X-Sum=15", "X-Last=\u00e9" } : null), $"cut at {cut}");
            cancellation.ThrowIfCancellationRequested();
        }
    }

    [Test]
    public void A_chunked_frame_read_byte_by_byte_is_the_same_frame()
    {
        ChunkedReader reader = new();
        int data = 0;
        ChunkStep step = ChunkStep.More;
        foreach (byte next in "5;x\r\nhello\r\nA\r\n0123456789\r\n0\r\n"u8.ToArray())
        {
            step = reader.Read([next], out int consumed);
            if (consumed == 0 && step == ChunkStep.Data)
            {
                reader.Took(1);
                data++;
            }
        }

        Assert.That((data, step), Is.EqualTo((15, ChunkStep.Trailers)));
    }
}
