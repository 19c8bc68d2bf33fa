using System.Numerics;
using Railgun.Protocol.Deltas.Signatures;

namespace Railgun.Protocol.Tests.Deltas.Signatures;

internal sealed class SignatureTests
{
    /// <summary>The example of DELTA_FORMAT.md, Signatures.</summary>
    public const string Example = "AC024011B52275AD1EE7E9E436AE09";

    private static readonly byte[] ExampleBody = [.. Enumerable.Range(0, 300).Select(i => (byte)(i % 47))];

    [Test]
    public void The_example_of_the_page_is_written_and_read()
    {
        byte[] written = SignatureWriter.Write(ExampleBody, SignedCoding.Seed);
        Assert.That(Convert.ToHexString(written), Is.EqualTo(Example));
        BlockSignature read = BlockSignature.Read(written)!;
        Assert.That(read.Shape, Is.EqualTo(new SignatureShape(300, 64, 17)));
        Assert.That(read.Hashes.ToArray(), Is.EqualTo(ExampleBody.Chunk(64).Select(block => HashOf(block, 17))));
    }

    [Test]
    public void Streaming_in_any_pieces_gives_the_same_signature([Values(1, 7, 63, 64, 65, 299)] int piece)
    {
        var writer = new SignatureWriter(SignatureShape.Of(ExampleBody.Length), SignedCoding.Seed);
        foreach (byte[] next in ExampleBody.Chunk(piece))
        {
            writer.Append(next);
        }

        Assert.That(Convert.ToHexString(writer.Complete()), Is.EqualTo(Example));
    }

    [Test]
    public void A_body_of_another_length_than_was_said_has_no_signature()
    {
        var shorter = new SignatureWriter(SignatureShape.Of(300), SignedCoding.Seed);
        shorter.Append(ExampleBody.AsSpan(0, 200));
        Assert.That(shorter.Complete, Throws.InvalidOperationException);
        var longer = new SignatureWriter(SignatureShape.Of(256), SignedCoding.Seed);
        longer.Append(ExampleBody);
        Assert.That(longer.Complete, Throws.InvalidOperationException);
    }

    [Test]
    public void A_signature_takes_one_per_cent_and_never_more_than_its_bound(
        [Values(16_384, 20_000, 100_000, 1_000_000, 6_500_000, 7_000_000, 33_554_431, 33_554_432)] int length)
    {
        SignatureShape shape = SignatureShape.Of(length);
        Assert.That(shape.IsSound, Is.True, shape.ToString());
        int bytes = SignatureWriter.Write(new byte[length], SignedCoding.Seed).Length;
        Assert.That(bytes, Is.LessThan(Railgun.Protocol.Engine.Limits.MaxSignature));
        Assert.That(bytes - 16, Is.LessThanOrEqualTo(length / 100));
    }

    [Test]
    public void Hashes_of_any_width_are_packed_and_unpacked([Range(SignatureShape.MinBits, SignatureShape.MaxBits)] int bits)
    {
        var random = new Random(bits);
        uint[] hashes = [.. Enumerable.Range(0, 40).Select(_ => (uint)random.NextInt64(1L << bits))];
        var packed = new byte[((40 * bits) + 7) / 8];
        for (int i = 0; i < hashes.Length; i++)
        {
            PackedHashes.Put(packed, i, bits, hashes[i]);
        }

        Assert.That(Enumerable.Range(0, 40).Select(i => PackedHashes.Get(packed, i, bits)), Is.EqualTo(hashes));
    }

    [Test]
    public void Rolling_gives_the_hash_of_each_place([Values(64, 100, 333)] int block, [Values(0, 1, 90, 400, 5000)] int more)
    {
        byte[] text = new byte[block + more];
        new Random(more).NextBytes(text);
        text.AsSpan(0, Math.Min(more, block)).Fill(255);
        var hash = new BlockHash(SignedCoding.Seed, 32);
        var hashes = new uint[more + 1];
        hash.Roll(text, block, hashes);
        for (int at = 0; at < hashes.Length; at++)
        {
            Assert.That(hashes[at], Is.EqualTo(HashOf(text.AsSpan(at, block), 32)), $"at {at}");
        }
    }

    [Test]
    public void Another_seed_gives_other_hashes()
    {
        SignatureSeed other = SignatureSeed.Derive([1]);
        Assert.That(other, Is.Not.EqualTo(SignedCoding.Seed));
        Assert.That(SignedCoding.Sign(ExampleBody, other).Hashes.ToArray(), Is.Not.EqualTo(SignedCoding.Sign(ExampleBody).Hashes.ToArray()));
    }

    [TestCase("", TestName = "Nothing")]
    [TestCase("AC02", TestName = "Only a length")]
    [TestCase("AC028402", TestName = "No bits")]
    [TestCase("00840214", TestName = "An empty version")]
    [TestCase("8180801084021400", TestName = "A version above the longest")]
    [TestCase("AC023F14803DDF9A00", TestName = "A block below the shortest")]
    [TestCase("AC0281800114803DDF", TestName = "A block above the longest")]
    [TestCase("AC0284020F803DDF9A", TestName = "Bits below the fewest")]
    [TestCase("AC02840221803DDF9A00803DDF9A", TestName = "Bits above the most")]
    [TestCase("AC02840214803DDF9A", TestName = "A hash that is cut")]
    [TestCase("AC02840214803DDF9A0000", TestName = "A byte behind the last hash")]
    [TestCase("AC8200840214803DDF9A00", TestName = "A number longer than it need be")]
    [TestCase("FFFFFFFF0F84021400", TestName = "A number above 2^31 - 1")]
    [TestCase("80808080808080", TestName = "A number without an end")]
    [TestCase("808080104020", TestName = "More hashes than may be")]
    public void Is_no_signature(string hex) => Assert.That(BlockSignature.Read(Convert.FromHexString(hex)), Is.Null);

    [Test]
    public void Any_bytes_are_read_or_refused([Range(1, 20)] int seed)
    {
        var random = new Random(seed);
        for (int i = 0; i < 2000; i++)
        {
            byte[] bytes = Convert.FromHexString(Example);
            bytes[random.Next(4)] ^= (byte)(1 << random.Next(8));
            if (BlockSignature.Read(bytes) is { } read)
            {
                Assert.That(read.Shape.IsSound, Is.True);
                Assert.That(read.Hashes.Length, Is.EqualTo(read.Shape.Blocks));
            }
        }
    }

    /// <summary>The definition, in numbers of any size.</summary>
    private static uint HashOf(ReadOnlySpan<byte> block, int bits)
    {
        BigInteger value = 0;
        foreach (byte next in block)
        {
            value = ((value * SignedCoding.Seed.Point) + next) % BlockHash.Modulus;
        }

        return (uint)(((ulong)value * SignedCoding.Seed.Spread) >> (64 - bits));
    }
}
