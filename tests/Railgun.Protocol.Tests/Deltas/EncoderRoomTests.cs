using Railgun.Protocol.Deltas;
using Railgun.TestKit;

namespace Railgun.Protocol.Tests.Deltas;

/// <summary>An encoder keeps to the room that it asked for, and to what a decoder takes, however badly the target can be coded.</summary>
internal sealed class EncoderRoomTests
{
    private const byte Stored = 0xFF;

    [Test]
    public void Noise_that_ends_a_little_behind_the_dense_part_is_coded_within_the_room()
    {
        using var encoder = new DeltaEncoder();
        byte[] noise = Noise(1, 9000);
        for (int length = 7600; length < noise.Length; length += 7)
        {
            byte[] target = noise[..length];
            encoder.Start(DeltaLevel.Dense, default);
            var output = new GuardedWriter();
            encoder.EncodeSegment(target, true, output);
            Assert.That(output.IsWhole, Is.True, $"{length} bytes");
            Assert.That(Coding.Decode(DeltaLevel.Dense, [], null, output.Written.ToArray(), out byte[] decoded), Is.EqualTo(DeltaStatus.End));
            Assert.That(decoded.AsSpan().SequenceEqual(target), Is.True);
        }
    }

    [Test]
    public void A_full_segment_whose_payload_is_as_long_as_itself_decodes()
    {
        byte[] page = Noise(1, DeltaLimits.MaxSegmentTarget);
        byte[] noise = Noise(2, page.Length);
        using var encoder = new DeltaEncoder();

        // As many new bytes as make the payload just so long that the segment is stored.
        int least = 0;
        int most = page.Length;
        while (most - least > 1)
        {
            int middle = (least + most) / 2;
            (least, most) = Encode(encoder, page, noise, middle)[0] == Stored ? (least, middle) : (middle, most);
        }

        for (int news = most - 8; news <= most; news++)
        {
            byte[] coded = Encode(encoder, page, noise, news);
            Assert.That(Coding.Decode(DeltaLevel.Fast, page, null, coded, out byte[] decoded), Is.EqualTo(DeltaStatus.End), $"{coded.Length} bytes, {news} new");
            Assert.That(decoded.AsSpan().SequenceEqual(Target(page, noise, news)), Is.True);
        }
    }

    private static byte[] Encode(DeltaEncoder encoder, byte[] page, byte[] noise, int news) =>
        Coding.EncodeWith(encoder, DeltaLevel.Fast, page, Target(page, noise, news));

    private static byte[] Target(byte[] page, byte[] noise, int news) => [.. noise[..news], .. page[news..]];

    private static byte[] Noise(int seed, int length)
    {
        byte[] noise = new byte[length];
        new Random(seed).NextBytes(noise);
        return noise;
    }
}
