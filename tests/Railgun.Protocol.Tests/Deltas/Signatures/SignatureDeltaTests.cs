using Railgun.Protocol.Deltas;
using Railgun.Protocol.Deltas.Signatures;
using Railgun.TestKit;

namespace Railgun.Protocol.Tests.Deltas.Signatures;

[TestFixture(DeltaLevel.Fast)]
[TestFixture(DeltaLevel.Dense)]
internal sealed class SignatureDeltaTests(DeltaLevel level)
{
    private readonly DeltaLevel _level = level;

    [Test]
    public void An_identical_page_costs_few_bytes([Values(2048, 20_000, 131_072, 131_073, 500_000)] int length)
    {
        byte[] page = Noise(1, length);
        int borders = (length - 1) / DeltaLimits.MaxSegmentTarget;
        Assert.That(AssertRoundTrip(page, page), Is.LessThan(12 + (borders * (12 + SignatureShape.Of(length).Block))), "a block across a border is half new");
    }

    [Test]
    public void A_change_costs_about_a_block()
    {
        byte[] page = Noise(2, 100_000);
        byte[] next = [.. page];
        next[50_000] ^= 1;
        Assert.That(AssertRoundTrip(page, next), Is.LessThan(SignatureShape.Of(page.Length).Block + 56));
    }

    [Test]
    public void Text_put_in_and_taken_out_moves_the_blocks_behind_it()
    {
        byte[] page = Noise(3, 100_000);
        byte[] next = [.. page[..20_000], .. Noise(4, 777), .. page[20_000..60_000], .. page[61_234..]];
        Assert.That(AssertRoundTrip(page, next), Is.LessThan(777 + (4 * SignatureShape.Of(page.Length).Block)));
    }

    [Test]
    public void Moved_text_is_found()
    {
        byte[] page = Noise(5, 120_000);
        byte[] next = [.. page[80_000..], .. page[..80_000]];
        Assert.That(AssertRoundTrip(page, next), Is.LessThan(4 * SignatureShape.Of(page.Length).Block));
    }

    [Test]
    public void Later_versions_of_a_page_decode([Range(1, 8)] int seed)
    {
        var pages = new PageMaker(seed);
        byte[] before = pages.First(20 << (seed % 6));
        using var encoder = new SignatureEncoder();
        for (int version = 0; version < 6; version++)
        {
            byte[] page = pages.Next(version * version);
            List<byte[]> coded = SignedCoding.EncodeWith(encoder, _level, SignedCoding.Sign(before), page);
            Assert.That(SignedCoding.Decode(_level, before, coded, page.Length), Is.EqualTo(page));
            before = page;
        }
    }

    [Test]
    public void Any_pieces_decode([Range(1, 15)] int seed)
    {
        var random = new Random(seed);
        byte[] before = Page(150_000);
        byte[] page = [.. before];
        for (int i = 0; i < 40; i++)
        {
            page[random.Next(page.Length)] ^= 1;
        }

        int[] pieces = [.. Enumerable.Range(0, random.Next(1, 60)).Select(_ => Math.Min(DeltaLimits.MaxSegmentTarget, random.Next(1, 1 << random.Next(1, 18))))];
        Assert.That(SignedCoding.Decode(_level, before, SignedCoding.Encode(_level, SignedCoding.Sign(before), page, pieces)), Is.EqualTo(page));
    }

    [Test]
    public void A_block_across_a_border_of_pieces_is_found()
    {
        byte[] page = Noise(6, 60_000);
        int block = SignatureShape.Of(page.Length).Block;
        List<byte[]> segments = SignedCoding.Encode(_level, SignedCoding.Sign(page), page, (10 * block) + 100, 20 * block);
        Assert.That(segments[0], Has.Length.GreaterThan(100), "the beginning of a block that goes on");
        Assert.That(segments[1], Has.Length.InRange(100, 130), "so does this one; the other's end is known");
    }

    [Test]
    public void Targets_and_versions_of_any_length_decode([Values(1, 63, 260, 261, 5000)] int version, [Values(1, 2, 259, 260, 300, 140_000)] int target)
    {
        byte[] before = Page(version);
        AssertRoundTrip(before, Page(target));
        AssertRoundTrip(before, Noise(7, target));
    }

    [Test]
    public void Repeating_bytes_decode([Values(1, 2, 260, 7)] int period)
    {
        byte[] before = [.. Enumerable.Range(0, 200_000).Select(i => (byte)(i % period))];
        byte[] page = [.. before[..70_000], .. "something else"u8, .. before, .. before];
        Assert.That(AssertRoundTrip(before, page), Is.LessThan(2000));
    }

    [Test]
    public void A_signature_that_lies_gives_a_target_that_does_not_prove_right_or_the_target()
    {
        byte[] before = Noise(8, 30_000);
        byte[] page = Noise(9, 30_000);
        byte[] lie = SignatureWriter.Write(page, SignedCoding.Seed);
        List<byte[]> coded = SignedCoding.Encode(_level, BlockSignature.Read(lie)!, page);
        Assert.That(SignedCoding.Decode(_level, before, coded), Is.EqualTo(before), "what the listener holds is not what it said");
    }

    [Test]
    public void Cut_or_changed_segments_are_refused_or_decode_to_something_bounded([Range(1, 10)] int seed)
    {
        var random = new Random(seed);
        byte[] before = Page(40_000);
        byte[] page = [.. before[..9000], .. Noise(seed, 300), .. before[9100..]];
        byte[] coded = SignedCoding.Encode(_level, SignedCoding.Sign(before), page)[0];
        for (int i = 0; i < 300; i++)
        {
            byte[] broken = random.Next(4) == 0 ? coded[..random.Next(coded.Length)] : [.. coded];
            for (int changes = random.Next(4); changes > 0 && broken.Length > 0; changes--)
            {
                broken[random.Next(Math.Min(broken.Length, random.Next(2) == 0 ? 12 : int.MaxValue))] ^= (byte)random.Next(256);
            }

            byte[]? decoded = SignedCoding.Decode(_level, before, [broken], page.Length);
            Assert.That(decoded?.Length ?? 0, Is.LessThanOrEqualTo(page.Length));
        }
    }

    [TestCase("01", TestName = "A run that is cut")]
    [TestCase("0100FF7F00", TestName = "More blocks than the version has")]
    [TestCase("01010000", TestName = "A block before the first")]
    [TestCase("01800201 00", TestName = "A block behind the last")]
    [TestCase("00", TestName = "No delta")]
    [TestCase("0000 00", TestName = "A byte behind the delta")]
    [TestCase("00 FF03000061 6263", TestName = "A delta that does not end")]
    public void Is_no_segment(string hex) =>
        Assert.That(SignedCoding.Decode(_level, Noise(1, 30_000), [Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal))]), Is.Null);

    [Test]
    public void A_known_text_beyond_its_bound_is_refused()
    {
        byte[] version = Noise(1, 400_000);
        int blocks = (KnownText.MaxLength / SignatureShape.Of(version.Length).Block) + 1;
        byte[] coded = [1, 0, (byte)(((blocks - 1) & 0x7F) | 0x80), (byte)((blocks - 1) >> 7), 0];
        Assert.That(SignedCoding.Decode(_level, version, [coded]), Is.Null);
        blocks--;
        coded = [1, 0, (byte)(((blocks - 1) & 0x7F) | 0x80), (byte)((blocks - 1) >> 7), 0xFF, 3, 0, 0x80, 1, 2, 3];
        Assert.That(SignedCoding.Decode(_level, version, [coded]), Is.EqualTo(new byte[] { 1, 2, 3 }));
    }

    [Test]
    public void A_target_beyond_what_is_allowed_is_refused()
    {
        byte[] page = Page(20_000);
        List<byte[]> coded = SignedCoding.Encode(_level, SignedCoding.Sign(page), page, 7000, 7000);
        Assert.That(SignedCoding.Decode(_level, page, coded, page.Length - 1), Is.Null);
        Assert.That(SignedCoding.Decode(_level, page, coded, page.Length), Is.EqualTo(page));
    }

    private static byte[] Noise(int seed, int length)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    private static byte[] Page(int length)
    {
        byte[] page = new PageMaker(9).First((length / 100) + 10);
        return page.AsSpan(0, length).ToArray();
    }

    private int AssertRoundTrip(byte[] version, byte[] target)
    {
        List<byte[]> coded = SignedCoding.Encode(_level, SignedCoding.Sign(version), target);
        Assert.That(SignedCoding.Decode(_level, version, coded, target.Length)?.AsSpan().SequenceEqual(target), Is.True);
        return coded.Sum(segment => segment.Length);
    }
}
