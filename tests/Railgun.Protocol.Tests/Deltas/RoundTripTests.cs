using Railgun.Protocol.Deltas;
using Railgun.TestKit;

namespace Railgun.Protocol.Tests.Deltas;

[TestFixture(DeltaLevel.Fast)]
[TestFixture(DeltaLevel.Dense)]
internal sealed class RoundTripTests(DeltaLevel level)
{
    private readonly DeltaLevel _level = level;

    [Test]
    public void An_identical_page_costs_a_byte([Values(1, 300, 44_000, 131_072)] int length)
    {
        byte[] page = Noise(1, length);
        byte[] coded = Coding.Encode(_level, page, page);
        Assert.That(coded, Has.Length.EqualTo(1));
        AssertDecodes(page, null, coded, page);
    }

    [Test]
    public void An_empty_target_decodes_to_nothing([Values(0, 1, 1000)] int baseLength)
    {
        byte[] page = Noise(1, baseLength);
        AssertRoundTrip(page, null, []);
    }

    [Test]
    public void Without_a_base_the_target_still_decodes([Values(1, 2, 7, 300, 131_071, 131_072, 131_073, 400_000)] int length)
    {
        AssertRoundTrip([], null, Noise(2, length));
        AssertRoundTrip([], null, Text(length));
    }

    [Test]
    public void Noise_grows_by_few_bytes_a_segment([Values(1, 10, 1000, 500_000)] int length)
    {
        byte[] coded = Coding.Encode(_level, Noise(3, 1000), Noise(4, length));
        Assert.That(coded, Has.Length.LessThanOrEqualTo(length + (SegmentPrefix.MaxSize * (1 + (length / DeltaLimits.MaxSegmentTarget)))));
    }

    [Test]
    public void A_long_page_with_many_changes_decodes()
    {
        // Codes are made anew again and again, within segments and over their ends; some segments are filled by a copy, some by new bytes.
        var pages = new PageMaker(5);
        byte[] before = pages.First(6000);
        byte[] page = pages.Next(3000);
        Assert.That(page, Has.Length.GreaterThan(4 * DeltaLimits.MaxSegmentTarget));
        AssertRoundTrip(before, null, page);
    }

    [Test]
    public void Later_versions_of_a_page_decode([Range(1, 12)] int seed)
    {
        var pages = new PageMaker(seed);
        byte[] before = pages.First(20 << (seed % 6));
        using var encoder = new DeltaEncoder();
        using var decoder = new DeltaDecoder();
        for (int version = 0; version < 10; version++)
        {
            byte[] page = pages.Next(version * version);
            byte[] coded = Coding.EncodeWith(encoder, _level, before, page);
            DeltaStatus status = Coding.DecodeWith(decoder, _level, before, null, coded, out byte[] decoded, page.Length);
            Assert.That(status, Is.EqualTo(DeltaStatus.End));
            Assert.That(decoded.AsSpan().SequenceEqual(page), Is.True);
            before = page;
        }
    }

    [Test]
    public void Mutated_noise_decodes([Range(1, 40)] int seed)
    {
        var random = new Random(seed);
        byte[] before = Noise(seed, random.Next(1, 1 << random.Next(1, 19)));
        byte[] page = Mutate(random, before, random.Next(1, 60));
        AssertRoundTrip(before, null, page);
        AssertRoundTrip(page, null, before);
    }

    [Test]
    public void Two_bases_decode([Range(1, 10)] int seed)
    {
        var random = new Random(seed);
        byte[] first = Noise(seed, 50_000);
        byte[] second = Noise(seed + 100, 70_000);
        byte[] page = [.. Mutate(random, first, 5), .. Mutate(random, second, 5), .. Mutate(random, first, 5)];
        AssertRoundTrip(first, second, page);
        AssertRoundTrip([], second, page);
    }

    [Test]
    public void What_only_the_second_base_says_is_copied_from_it()
    {
        byte[] second = Noise(7, 60_000);
        byte[] coded = Coding.Encode(_level, Noise(6, 50_000), second, second);
        Assert.That(coded, Has.Length.LessThan(100));
    }

    [Test]
    public void Huge_runs_decode([Values(1, 2, 3, 7, 8, 9, 64, 1000)] int period)
    {
        byte[] page = new byte[700_000];
        for (int i = 0; i < page.Length; i++)
        {
            page[i] = (byte)(i % period * 31);
        }

        AssertRoundTrip([], null, page);
        AssertRoundTrip(page[..100_000], null, page);
        byte[] longer = [.. page, .. page, .. page];
        AssertRoundTrip(page, null, longer);
        Assert.That(Coding.Encode(_level, page, longer), Has.Length.LessThan(400));
    }

    [Test]
    public void Any_segmentation_decodes([Range(1, 20)] int seed)
    {
        var random = new Random(seed);
        byte[] before = Text(200_000);
        byte[] page = Mutate(random, before, 200);
        int[] segments = new int[random.Next(1, 50)];
        for (int i = 0; i < segments.Length; i++)
        {
            segments[i] = random.Next(8) == 0 ? 0 : random.Next(1, 1 << random.Next(1, 18));
            segments[i] = Math.Min(segments[i], DeltaLimits.MaxSegmentTarget);
        }

        byte[] coded = Coding.Encode(_level, before, page, null, segments);
        AssertDecodes(before, null, coded, page);
    }

    [Test]
    public void A_target_longer_than_the_window_decodes()
    {
        byte[] before = Text(300_000);
        byte[] page = [.. Noise(1, 1_500_000), .. before, .. Noise(1, 1_500_000), .. Noise(2, 200_000), .. Noise(2, 200_000)];
        AssertRoundTrip(before, null, page);
    }

    [Test]
    public void The_same_input_gives_the_same_bytes_whatever_the_encoder_did_before()
    {
        var pages = new PageMaker(5);
        byte[] before = pages.First(200);
        byte[] page = pages.Next(40);
        byte[] coded = Coding.Encode(_level, before, page);
        using var encoder = new DeltaEncoder();
        Coding.EncodeWith(encoder, _level, page, Noise(9, 300_000));
        Coding.EncodeWith(encoder, _level, page, before);
        Assert.That(Coding.EncodeWith(encoder, _level, before, page), Is.EqualTo(coded));
    }

    [Test]
    public void After_each_segment_the_target_so_far_is_there()
    {
        var pages = new PageMaker(6);
        byte[] before = pages.First(300);
        byte[] page = pages.Next(30);
        using var encoder = new DeltaEncoder();
        using var decoder = new DeltaDecoder();
        encoder.Start(_level, new DeltaBase(before, null));
        decoder.Start(_level, before, default, page.Length);
        var room = new byte[page.Length];
        for (int at = 0; at < page.Length;)
        {
            int length = Math.Min(10_000, page.Length - at);
            var output = new System.Buffers.ArrayBufferWriter<byte>();
            encoder.EncodeSegment(page.AsSpan(at, length), at + length == page.Length, output);
            DeltaStatus status = decoder.Decode(output.WrittenSpan, out int consumed, room.AsSpan(at), out int written);
            Assert.That(consumed, Is.EqualTo(output.WrittenCount));
            Assert.That(written, Is.EqualTo(length));
            at += length;
            Assert.That(status, Is.EqualTo(at == page.Length ? DeltaStatus.End : DeltaStatus.SegmentEnd));
        }

        Assert.That(room, Is.EqualTo(page));
    }

    private static byte[] Noise(int seed, int length)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    private static byte[] Text(int length)
    {
        byte[] page = new PageMaker(length).First((length / 200) + 1);
        return page.AsSpan(0, Math.Min(length, page.Length)).ToArray();
    }

    private static byte[] Mutate(Random random, byte[] page, int edits)
    {
        var bytes = new List<byte>(page);
        for (int i = 0; i < edits && bytes.Count > 0; i++)
        {
            int at = random.Next(bytes.Count);
            int length = Math.Min(random.Next(1, 1 << random.Next(1, 9)), bytes.Count - at);
            switch (random.Next(5))
            {
                case 0:
                    bytes.RemoveRange(at, length);
                    break;
                case 1:
                    bytes.InsertRange(at, Noise(i, length));
                    break;
                case 2:
                    bytes.InsertRange(random.Next(bytes.Count), bytes.GetRange(at, length));
                    break;
                case 3:
                    bytes[at] ^= (byte)random.Next(256);
                    break;
                default:
                    bytes.InsertRange(at, new byte[length]);
                    break;
            }
        }

        return [.. bytes];
    }

    private void AssertRoundTrip(byte[] first, byte[]? second, byte[] target) =>
        AssertDecodes(first, second, Coding.Encode(_level, first, target, second), target);

    private void AssertDecodes(byte[] first, byte[]? second, byte[] coded, byte[] target)
    {
        DeltaStatus status = Coding.Decode(_level, first, second, coded, out byte[] decoded, target.Length);
        Assert.That(status, Is.EqualTo(DeltaStatus.End));
        Assert.That(decoded.AsSpan().SequenceEqual(target), Is.True);
    }
}
