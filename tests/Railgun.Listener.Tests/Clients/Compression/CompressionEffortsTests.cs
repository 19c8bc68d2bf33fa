using Railgun.Listener.Clients.Compression;
using Railgun.Protocol.Transport;
using Railgun.TestKit;

namespace Railgun.Listener.Tests.Clients.Compression;

/// <summary>How long bodies are worked on for clients on fast and slow lines.</summary>
internal sealed class CompressionEffortsTests
{
    [TestCase(14_600, 20_000, CompressionEffort.Usual, TestName = "A first window over 20 ms")]
    [TestCase(14_600, 1_500, CompressionEffort.Less, TestName = "A first window over 1.5 ms")]
    [TestCase(14_600, 200, CompressionEffort.Least, TestName = "A first window in the same building")]
    [TestCase(1_000_000, 20_000, CompressionEffort.Least, TestName = "A window that has grown")]
    [TestCase(0, 200, CompressionEffort.Usual, TestName = "No window known")]
    [TestCase(14_600, 0, CompressionEffort.Usual, TestName = "No round trip known")]
    public void The_faster_the_line_the_less_work_is_worth_its_time(long window, int microseconds, CompressionEffort effort) =>
        Assert.That(CompressionEfforts.For(new TcpRates(0, ByLine: false, 0, window, TimeSpan.FromMicroseconds(microseconds))), Is.EqualTo(effort));

    [Test]
    public void Every_effort_gives_the_same_body([Values] CompressionEffort effort, [Values("br", "zstd", "gzip")] string coding)
    {
        byte[] page = new PageMaker(9).First(300);
        var output = new PooledOutput();
        using (IBodyCompressor compressor = BodyCompressors.Create(AcceptEncoding.Choose(coding), page.Length, effort))
        {
            compressor.Write(page.AsSpan(0, 1000), output);
            compressor.Flush(output);
            compressor.Write(page.AsSpan(1000), output);
            compressor.Finish(output);
        }

        byte[] coded = new byte[output.Available];
        output.Take(coded);
        output.Release();
        Assert.That(CompressionTests.Decode(coding, coded), Is.EqualTo(page));
    }
}
