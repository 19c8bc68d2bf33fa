using System.Buffers;
using Railgun.Protocol.Deltas;
using Railgun.TestKit;

namespace Railgun.Protocol.Tests.Deltas;

[NonParallelizable]
internal sealed class SteadyStateTests
{
    [TestCase(DeltaLevel.Fast)]
    [TestCase(DeltaLevel.Dense)]
    public void Coding_page_after_page_allocates_nothing(DeltaLevel level)
    {
        var pages = new PageMaker(3);
        byte[] before = pages.First(700);
        byte[] page = pages.Next(50);
        using var index = BaseIndex.Build(before);
        using var encoder = new DeltaEncoder();
        using var decoder = new DeltaDecoder();
        var output = new ArrayBufferWriter<byte>(1 << 20);
        var decoded = new byte[page.Length];
        var first = new DeltaBase(before, index);
        long allocated = 0;
        for (int round = 0; round < 20; round++)
        {
            long start = GC.GetAllocatedBytesForCurrentThread();
            output.ResetWrittenCount();
            encoder.Start(level, first);
            for (int at = 0; at < page.Length; at += 50_000)
            {
                int length = Math.Min(50_000, page.Length - at);
                encoder.EncodeSegment(page.AsSpan(at, length), at + length == page.Length, output);
            }

            decoder.Start(level, first.Body, default, page.Length);
            int taken = 0;
            int given = 0;
            while (given < page.Length)
            {
                decoder.Decode(output.WrittenSpan[taken..], out int consumed, decoded.AsSpan(given), out int written);
                taken += consumed;
                given += written;
            }

            // The first rounds fill the pools.
            allocated += round < 10 ? 0 : GC.GetAllocatedBytesForCurrentThread() - start;
        }

        Assert.That(decoded, Is.EqualTo(page));
        Assert.That(allocated, Is.Zero);
    }
}
