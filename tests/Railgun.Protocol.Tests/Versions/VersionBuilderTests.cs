using System.Security.Cryptography;
using Railgun.Protocol.Versions;
using Version = Railgun.Protocol.Versions.Version;

namespace Railgun.Protocol.Tests.Versions;

internal sealed class VersionBuilderTests
{
    private const int Max = 700_000;

    [TestCase(1)]
    [TestCase(1000)]
    [TestCase(PageBlocks.Smallest - 1)]
    [TestCase(PageBlocks.Smallest)]
    [TestCase(PageBlocks.Smallest + 1)]
    [TestCase(100_000)]
    [TestCase(PageBlocks.Largest)]
    [TestCase(PageBlocks.Largest + 1)]
    [TestCase(Max)]
    public void A_body_in_pieces_of_any_size_becomes_the_version_of_its_bytes(int length)
    {
        byte[] body = Bodies.Random(length, seed: length);
        foreach (int piece in new[] { 1 + (length / 1000), 4093, length })
        {
            using var builder = new VersionBuilder(Max);
            for (int at = 0; at < length; at += piece)
            {
                builder.Append(body.AsSpan(at, Math.Min(piece, length - at)));
                Assert.That(builder.Written.Span.SequenceEqual(body.AsSpan(0, (int)builder.Length)), Is.True);
            }

            Version version = builder.Complete()!;
            Assert.That(version.Name, Is.EqualTo(VersionName.Of(body)));
            Assert.That(version.Length, Is.EqualTo(length));
            Assert.That(version.Body.Span.SequenceEqual(body), Is.True);
            version.Release();
        }
    }

    [Test]
    public void The_check_is_that_of_the_target_so_far_at_every_piece()
    {
        byte[] body = Bodies.Random(10_000, seed: 1);
        using var builder = new VersionBuilder(Max);
        for (int at = 0; at < body.Length; at += 1000)
        {
            builder.Append(body.AsSpan(at, 1000));
            Assert.That(builder.Check, Is.EqualTo(VersionName.Of(body.AsSpan(0, at + 1000)).Check));
        }

        Assert.That(builder.Name, Is.EqualTo(new VersionName(SHA256.HashData(body))));
    }

    [TestCase(0, 1)]
    [TestCase(100, 101)]
    [TestCase(PageBlocks.Smallest, PageBlocks.Smallest + 1)]
    [TestCase(100_000, 100_001)]
    public void A_body_that_is_too_long_is_hashed_but_not_kept(int max, int length)
    {
        byte[] body = Bodies.Random(length, seed: 2);
        using var builder = new VersionBuilder(max);
        builder.Append(body.AsSpan(0, length - 1));
        builder.Append(body.AsSpan(length - 1));

        Assert.That(builder.Keeping, Is.False);
        Assert.That(builder.Written.IsEmpty, Is.True);
        Assert.That(builder.Complete(), Is.Null);
        Assert.That(builder.Name, Is.EqualTo(VersionName.Of(body)));
    }

    [Test]
    public void Builders_together_keep_no_more_than_their_budget()
    {
        var budget = new ByteBudget(200_000);
        using var first = new VersionBuilder(Max, budget);
        using var second = new VersionBuilder(Max, budget);
        first.Append(new byte[100_000]);
        second.Append(new byte[100_000]);
        Assert.That(first.Keeping, Is.True);
        Assert.That(second.Keeping, Is.False);

        first.Complete()!.Release();
        Assert.That(budget.Taken, Is.Zero);
    }

    [TestCase(0, 1000)]
    [TestCase(500, 1000)]
    [TestCase(500, 100_000)]
    [TestCase(50_000, Max)]
    public void Memory_taken_ahead_keeps_the_bytes_where_they_are(int before, int length)
    {
        byte[] body = Bodies.Random(length, seed: 3);
        using var builder = new VersionBuilder(Max);
        builder.Append(body.AsSpan(0, before));
        Assert.That(builder.TryReserve(length), Is.True);
        builder.Append(body.AsSpan(before, 1));
        ReadOnlyMemory<byte> early = builder.Written;
        builder.Append(body.AsSpan(before + 1));

        Assert.That(early.Span.Overlaps(builder.Written.Span, out int apart), Is.True);
        Assert.That(apart, Is.Zero);
        Version version = builder.Complete()!;
        Assert.That(version.Body.Span.SequenceEqual(body), Is.True);
        version.Release();
    }

    [Test]
    public void Memory_is_not_taken_ahead_for_what_may_not_be_kept()
    {
        var budget = new ByteBudget(200_000);
        using var builder = new VersionBuilder(Max, budget);
        Assert.That(builder.TryReserve(Max + 1), Is.False);
        Assert.That(builder.TryReserve(300_000), Is.False, "beyond the budget");
        Assert.That(budget.Taken, Is.Zero);
        Assert.That(builder.TryReserve(150_000), Is.True);
        Assert.That(budget.Taken, Is.GreaterThanOrEqualTo(150_000));
        builder.Append(new byte[250_000]);
        Assert.That(builder.TryReserve(1), Is.False, "it is only hashed");
        Assert.That(budget.Taken, Is.Zero);
    }

    [Test]
    public void An_empty_body_is_no_version()
    {
        using var builder = new VersionBuilder(Max);
        Assert.That(builder.Complete(), Is.Null);
    }

    [Test]
    public void An_abandoned_builder_frees_its_memory()
    {
        long before = NativeLedger.Bytes;
        var builder = new VersionBuilder(Max);
        builder.Append(new byte[100_000]);
        Assert.That(NativeLedger.Bytes, Is.GreaterThan(before));
        builder.Dispose();
        Assert.That(NativeLedger.Bytes, Is.EqualTo(before));
    }
}
