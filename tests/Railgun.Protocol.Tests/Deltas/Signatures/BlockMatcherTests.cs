using Railgun.Protocol.Deltas;
using Railgun.Protocol.Deltas.Signatures;

namespace Railgun.Protocol.Tests.Deltas.Signatures;

internal sealed class BlockMatcherTests
{
    private const int Block = 64;

    private static readonly byte[] Version = Noise(1, 100 * Block);

    [Test]
    public void A_block_far_from_its_place_is_taken_only_with_the_next_one()
    {
        byte[] alone = [.. Noise(2, 1000), .. Blocks(40, 1), .. Noise(3, 500)];
        byte[] two = [.. Noise(2, 1000), .. Blocks(40, 2), .. Noise(3, 500)];
        Assert.That(Find(alone), Is.Empty);
        Assert.That(Find(two), Is.EqualTo(new[] { 40, 41 }));
    }

    [Test]
    public void A_block_near_its_place_is_taken_alone([Values(-8, -1, 0, 3, 8)] int off)
    {
        byte[] target = [.. Noise(2, (5 * Block) + off), .. Blocks(5, 1), .. Noise(3, 500)];
        Assert.That(Find(target), Is.EqualTo(new[] { 5 }));
    }

    [Test]
    public void A_block_just_beyond_is_not([Values(-9, 9)] int off)
    {
        byte[] target = [.. Noise(2, (5 * Block) + off), .. Blocks(5, 1), .. Noise(3, 500)];
        Assert.That(Find(target), Is.Empty);
    }

    [Test]
    public void What_was_found_last_says_where_the_next_should_be()
    {
        byte[] target = [.. Noise(2, 1000), .. Blocks(40, 3), .. Noise(3, 2 * Block), .. Blocks(45, 1), .. Noise(4, 200)];
        Assert.That(Find(target), Is.EqualTo(new[] { 40, 41, 42, 45 }));
    }

    [Test]
    public void Of_equal_blocks_the_one_that_is_followed_is_found_among_the_first()
    {
        byte[] version = [.. Blocks(0, 1), .. Blocks(7, 1), .. Blocks(0, 1), .. Blocks(8, 1), .. Blocks(0, 1), .. Blocks(9, 1)];
        byte[] target = [.. Noise(2, 2000), .. Blocks(0, 1), .. Blocks(9, 1), .. Noise(3, 100)];
        Assert.That(Find(target, version), Is.EqualTo(new[] { 4, 5 }));
    }

    [Test]
    public void The_shorter_block_at_the_end_is_found_at_the_targets_end_only()
    {
        byte[] version = [.. Blocks(0, 2), 1, 2, 3, 4, 5];
        Assert.That(Find([.. Noise(2, 300), 1, 2, 3, 4, 5], version), Is.EqualTo(new[] { 2 }));
        Assert.That(Find([.. Noise(2, 300), 1, 2, 3, 4, 5, 6], version), Is.Empty);
    }

    [Test]
    public void A_signature_of_equal_and_of_crowded_hashes_is_walked_only_so_far()
    {
        // Every block alike, and a target that has that block at each place: were all of them looked at, this would take hours.
        byte[] version = new byte[30_000 * Block];
        byte[] target = new byte[DeltaLimits.MaxSegmentTarget];
        target.AsSpan(0, 7).Fill(1);
        Assert.That(Find(target, version), Is.Not.Empty);
    }

    private static byte[] Blocks(int first, int count) => Version[(first * Block)..((first + count) * Block)];

    private static List<int> Find(byte[] target, byte[]? version = null)
    {
        version ??= Version;
        var writer = new SignatureWriter(new SignatureShape(version.Length, Block, 16), SignedCoding.Seed);
        writer.Append(version);
        using var matcher = new BlockMatcher();
        matcher.Start(BlockSignature.Read(writer.Complete())!, SignedCoding.Seed);
        return [.. matcher.Find(target, last: true).Select(found => found.Block)];
    }

    private static byte[] Noise(int seed, int length)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }
}
