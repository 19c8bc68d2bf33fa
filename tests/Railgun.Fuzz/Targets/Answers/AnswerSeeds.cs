using System.Text;

namespace Railgun.Fuzz.Targets.Answers;

/// <summary>Answers of each kind, good and bad: the seeds of <see cref="AnswersTarget"/>.</summary>
internal static class AnswerSeeds
{
    private const string Ok = "HTTP/1.1 200 OK\r\n";

    private static readonly string[] Answers =
    [
        Ok + "Content-Length: 5\r\nETag: \"a\"\r\n\r\nhello",
        Ok + "Content-Length: 5\r\nContent-Length: 5\r\nConnection: close, X-Own\r\nX-Own: 1\r\n\r\nhello",
        Ok + "Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd",
        Ok + "Transfer-Encoding: chunked\r\nX-A: \u00e9\r\n\r\n5;x=\"y\"\r\nhello\r\n00A\r\n0123456789\r\n0\r\nX-Sum: 15\r\nSet-Cookie: a\r\n\r\n",
        Ok + "Transfer-Encoding: chunked\r\n\r\n1\r\na\r\n10\r\n0123456789abcdef\r\n0\r\n\r\n",
        Ok + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
        Ok + "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n",
        Ok + "Content-Type: text/event-stream\r\n\r\ndata: 1\n\n",
        "HTTP/1.0 200\r\nX: y\r\n\r\nto the end",
        "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n" + Ok + "Content-Length: 0\r\n\r\n",
        "HTTP/1.1 204 No Content\r\nX: y\r\n\r\n",
        "HTTP/1.1 204 No Content\r\n\r\nHTTP/1.1 200 OK\r\n\r\n",
        "HTTP/1.1 205 Reset\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "HTTP/1.1 304 Not Modified\r\nContent-Length: 15\r\nETag: W/\"b\"\r\n\r\n",
        "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n\u0081\u0005hello",
        Ok + "Content-Length: 2\r\n\r\nokHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
        Ok + "Content-Length: 2\r\n\r\nok\r\n",
        Ok + "X: a\r\n b\r\n\r\n",
        Ok + "X : a\nY: b\r\n\r\n",
        Ok + "Content-Length: 8192\r\n\r\n\u0006",
        Ok + "X: \u0006\u0006\u0006\u0006\u0006\u0006\u0006\u0006\r\n\r\n",
        Ok + "\u0007\u0007\u0007\u0007\r\n",
        Ok + "Transfer-Encoding: chunked\r\n\r\n2000;" + new string('e', 255) + "\r\n\u0006\r\n0\r\n\u0007\r\n",
        string.Concat(Enumerable.Repeat("HTTP/1.1 102 Processing\r\n\r\n", 33)) + Ok + "\r\n",
        Ok + "Railgun-Error: stage=origin\r\nKeep-Alive: timeout=5\r\nTrailer: X\r\nContent-Length: 0\r\n\r\n",
    ];

    /// <summary>Each answer to each question, whole and in pieces.</summary>
    public static IEnumerable<byte[]> All()
    {
        byte cut = 0;
        foreach (string answer in Answers)
        {
            foreach (byte how in (byte[])[0, 1, 2, 0x10, 0x33])
            {
                yield return [how, cut++, .. Encoding.Latin1.GetBytes(answer)];
            }
        }
    }
}
