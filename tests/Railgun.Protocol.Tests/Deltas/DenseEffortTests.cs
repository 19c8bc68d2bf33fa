using Railgun.Protocol.Deltas;

namespace Railgun.Protocol.Tests.Deltas;

/// <summary>Targets that are too new for the dense level: the rest of them goes on at the fast one.</summary>
internal sealed class DenseEffortTests
{
    private const int Size = 400_000;

    [Test]
    public void A_target_that_is_all_new_costs_little_more_than_at_the_fast_level()
    {
        byte[] before = Letters(1, 5000);
        byte[] page = Letters(2, Size);
        byte[] dense = Coding.Encode(DeltaLevel.Dense, before, page);
        Assert.That(Decoded(before, dense), Is.EqualTo(page));
        Assert.That(dense, Has.Length.LessThan(Coding.Encode(DeltaLevel.Fast, before, page).Length + 1000));
    }

    [Test]
    public void What_follows_the_base_behind_much_that_is_new_is_still_found()
    {
        byte[] before = Letters(1, Size);
        byte[] page = [.. Letters(2, 30_000), .. before];
        byte[] coded = Coding.Encode(DeltaLevel.Dense, before, page);
        Assert.That(Decoded(before, coded), Is.EqualTo(page));
        Assert.That(coded, Has.Length.LessThan(22_000));
    }

    [Test]
    public void A_base_without_an_index_serves_as_well()
    {
        byte[] before = Letters(1, Size);
        byte[] page = [.. Letters(2, 30_000), .. before];
        using var encoder = new DeltaEncoder();
        encoder.Start(DeltaLevel.Dense, new DeltaBase(before, null));
        var output = new System.Buffers.ArrayBufferWriter<byte>();
        for (int at = 0; at < page.Length; at += DeltaLimits.MaxSegmentTarget)
        {
            int length = Math.Min(DeltaLimits.MaxSegmentTarget, page.Length - at);
            encoder.EncodeSegment(page.AsSpan(at, length), at + length == page.Length, output);
        }

        Assert.That(output.WrittenSpan.ToArray(), Is.EqualTo(Coding.Encode(DeltaLevel.Dense, before, page)));
        Assert.That(encoder.IndexBytes, Is.Positive);
        encoder.Stop();
        Assert.That(encoder.IndexBytes, Is.Zero);
    }

    [Test]
    public void Behind_a_stored_segment_the_base_is_expected_at_the_same_offset()
    {
        byte[] before = Letters(1, 100_000);
        byte[] noise = new byte[1000];
        new Random(3).NextBytes(noise);
        byte[] page = [.. noise, .. before[1000..]];
        byte[] coded = Coding.Encode(DeltaLevel.Dense, before, page, null, [1000]);
        Assert.That(Decoded(before, coded), Is.EqualTo(page));
        Assert.That(coded, Has.Length.LessThanOrEqualTo(1000 + 4 + 2));
    }

    [Test]
    public void What_was_spent_on_one_part_is_not_there_for_the_next()
    {
        byte[] before = Letters(1, 5000);
        byte[] page = [.. before, .. Letters(3, 5000)];
        using var encoder = new DeltaEncoder();
        byte[] alone = Part(encoder, before, page, more: false);
        Part(encoder, before, Letters(2, 50_000), more: false);
        byte[] behind = Part(encoder, before, page, more: true);
        Assert.That(behind, Is.Not.EqualTo(alone));
        Assert.That(Decoded(before, behind), Is.EqualTo(page));
        Assert.That(Part(encoder, before, page, more: false), Is.EqualTo(alone));
    }

    [Test]
    public void However_much_follows_the_base_what_is_new_is_spelt_out_only_so_far()
    {
        byte[] before = Learnable(1, Size);
        int less = Grows(DeltaLevel.Dense, 0, 40_000);
        int more = Grows(DeltaLevel.Dense, 300_000, 400_000);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(less, Is.LessThan(Grows(DeltaLevel.Fast, 0, 40_000) * 0.9));
            Assert.That(more, Is.EqualTo(Grows(DeltaLevel.Fast, 300_000, 400_000)).Within(3).Percent);
        }

        int Grows(DeltaLevel level, int from, int to) => Length(level, to) - Length(level, from);

        int Length(DeltaLevel level, int count)
        {
            byte[] page = [.. before[..(Size / 4)], .. Learnable(2, count)];
            byte[] coded = Coding.Encode(level, before, page);
            Assert.That(Coding.Decode(level, before, null, coded, out byte[] decoded), Is.EqualTo(DeltaStatus.End));
            Assert.That(decoded, Is.EqualTo(page));
            return coded.Length;
        }
    }

    [Test]
    public void Where_nothing_can_be_learnt_the_rest_is_coded_at_the_fast_level()
    {
        byte[] before = Letters(1, Size);
        byte[] page = [.. before[..(Size / 4)], .. Letters(2, 20_000)];
        byte[] dense = Coding.Encode(DeltaLevel.Dense, before, page);
        Assert.That(Decoded(before, dense), Is.EqualTo(page));
        Assert.That(dense, Has.Length.EqualTo(Coding.Encode(DeltaLevel.Fast, before, page).Length).Within(2).Percent);
    }

    private static byte[] Part(DeltaEncoder encoder, byte[] before, byte[] page, bool more)
    {
        var output = new System.Buffers.ArrayBufferWriter<byte>();
        encoder.Start(DeltaLevel.Dense, new DeltaBase(before, null), more: more);
        encoder.EncodeSegment(page, true, output);
        encoder.Stop();
        return output.WrittenSpan.ToArray();
    }

    private static byte[] Decoded(byte[] before, byte[] coded)
    {
        Assert.That(Coding.Decode(DeltaLevel.Dense, before, null, coded, out byte[] decoded), Is.EqualTo(DeltaStatus.End));
        return decoded;
    }

    // Behind each two letters one of two others comes: one bit each for who knows that, four for who does not.
    private static byte[] Learnable(int seed, int count)
    {
        var random = new Random(seed);
        byte[] letters = new byte[count];
        for (int i = 0; i < count; i++)
        {
            int before = i < 2 ? 0 : (letters[i - 2] * 7) + (letters[i - 1] * 3);
            letters[i] = (byte)('a' + ((before + (random.Next(2) * 5)) % 16));
        }

        return letters;
    }

    private static byte[] Letters(int seed, int count)
    {
        var random = new Random(seed);
        byte[] letters = new byte[count];
        for (int i = 0; i < count; i++)
        {
            letters[i] = (byte)('a' + random.Next(16));
        }

        return letters;
    }
}
