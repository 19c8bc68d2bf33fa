using Railgun.Protocol.Versions;

namespace Railgun.Protocol.Tests.Versions;

internal sealed class PageBlocksTests
{
    [Test]
    public void A_size_holds_its_length_wastes_an_eighth_or_a_page_and_is_its_own_size()
    {
        for (int length = PageBlocks.Smallest; length <= PageBlocks.Largest; length += 997)
        {
            int size = PageBlocks.SizeFor(length);
            Assert.That(size, Is.InRange(length, PageBlocks.Largest));
            Assert.That(size - length, Is.LessThan(Math.Max(4096, (length / 8) + 1)));
            Assert.That(PageBlocks.SizeFor(size), Is.EqualTo(size));
            Assert.That(size % 4096, Is.Zero);
        }

        Assert.That(PageBlocks.SizeFor(PageBlocks.Largest), Is.EqualTo(PageBlocks.Largest));
    }

    [Test]
    public void Bodies_whose_memory_was_used_before_are_whole()
    {
        for (int round = 0; round < 3; round++)
        {
            for (int length = 10_000; length < 600_000; length += 37_123)
            {
                byte[] body = Bodies.Random(length, seed: length + round);
                using var builder = new VersionBuilder(700_000);
                builder.Append(body.AsSpan(0, length / 2));
                builder.Append(body.AsSpan(length / 2));
                Railgun.Protocol.Versions.Version version = builder.Complete()!;
                Assert.That(version.Body.Span.SequenceEqual(body), Is.True);
                Assert.That(version.Footprint, Is.InRange(length, length + Math.Max(4096, length / 8)));
                version.Release();
            }
        }
    }
}
