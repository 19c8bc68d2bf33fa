using Railgun.Protocol.Deltas;
using Railgun.TestKit;

namespace Railgun.Protocol.Tests.Deltas;

[TestFixture(DeltaLevel.Fast)]
[TestFixture(DeltaLevel.Dense)]
internal sealed class DecoderSafetyTests(DeltaLevel level)
{
    private const int Max = 200_000;

    private readonly DeltaLevel _level = level;

    [Test]
    public void Split_at_every_byte_on_both_sides_it_decodes_the_same()
    {
        (byte[] before, byte[] page, byte[] coded) = Example();
        DeltaStatus status = Coding.Decode(_level, before, null, coded, out byte[] decoded, page.Length, inStep: 1, outStep: 1);
        Assert.That(status, Is.EqualTo(DeltaStatus.End));
        Assert.That(decoded, Is.EqualTo(page));
    }

    [Test]
    public void Without_room_it_takes_no_more_than_a_segment_and_loses_nothing()
    {
        (byte[] before, byte[] page, byte[] coded) = Example();
        using var decoder = new DeltaDecoder();
        decoder.Start(_level, before, default, page.Length);
        DeltaStatus status = decoder.Decode(coded, out int consumed, [], out int written);
        Assert.That(status, Is.EqualTo(DeltaStatus.OutputFull));
        Assert.That(written, Is.Zero);
        var room = new byte[page.Length];
        status = decoder.Decode(coded.AsSpan(consumed), out int more, room, out written);
        Assert.That(status, Is.EqualTo(DeltaStatus.End));
        Assert.That(consumed + more, Is.EqualTo(coded.Length));
        Assert.That(room, Is.EqualTo(page));
    }

    [Test]
    public void Cut_anywhere_it_asks_for_more_and_never_ends()
    {
        (byte[] before, byte[] page, byte[] coded) = Example();
        for (int cut = 0; cut < coded.Length; cut++)
        {
            DeltaStatus status = Coding.Decode(_level, before, null, coded[..cut], out byte[] decoded, page.Length);
            Assert.That(status, Is.EqualTo(DeltaStatus.NeedCoded));
            Assert.That(decoded, Is.Empty);
        }
    }

    [Test]
    public void With_any_bit_flipped_it_stays_within_its_limits()
    {
        (byte[] before, _, byte[] coded) = Example();
        for (int bit = 0; bit < 8 * coded.Length; bit++)
        {
            byte[] bad = [.. coded];
            bad[bit >> 3] ^= (byte)(1 << (bit & 7));
            Coding.Decode(_level, before, null, bad, out byte[] decoded, Max);
            Assert.That(decoded, Has.Length.LessThanOrEqualTo(Max));
            Assert.That(bad, Is.Not.EqualTo(coded));
        }
    }

    [Test]
    public void On_random_bytes_it_ends_within_its_limits([Range(1, 20)] int seed)
    {
        var random = new Random(seed);
        byte[] before = new PageMaker(seed).First(30);
        using var decoder = new DeltaDecoder();
        for (int round = 0; round < 100; round++)
        {
            byte[] coded = new byte[random.Next(1, 600)];
            random.NextBytes(coded);
            coded[0] = (byte)random.Next(2) == 0 ? (byte)Math.Min(200, coded.Length - 1) : coded[0];
            DeltaStatus status = Coding.DecodeWith(
                decoder, _level, before, round % 2 == 0 ? null : before, coded, out byte[] decoded, Max, random.Next(1, 700), random.Next(1, 70_000));
            Assert.That(status, Is.AnyOf(DeltaStatus.Invalid, DeltaStatus.LimitExceeded, DeltaStatus.NeedCoded, DeltaStatus.End));
            Assert.That(decoded, Has.Length.LessThanOrEqualTo(Max));
        }
    }

    [Test]
    public void One_byte_more_than_allowed_is_refused()
    {
        (byte[] before, byte[] page, byte[] coded) = Example();
        Assert.That(Coding.Decode(_level, before, null, coded, out _, page.Length - 1), Is.EqualTo(DeltaStatus.LimitExceeded));
        Assert.That(Coding.Decode(_level, before, null, coded, out _, page.Length), Is.EqualTo(DeltaStatus.End));
    }

    [Test]
    public void A_stored_segment_longer_than_allowed_is_refused()
    {
        byte[] noise = new byte[1000];
        new Random(1).NextBytes(noise);
        byte[] coded = Coding.Encode(_level, [], noise);
        Assert.That(coded[0], Is.EqualTo(0xFF));
        Assert.That(Coding.Decode(_level, [], null, coded, out _, 999), Is.EqualTo(DeltaStatus.LimitExceeded));
        Assert.That(Coding.Decode(_level, [], null, coded, out _, 1000), Is.EqualTo(DeltaStatus.End));
    }

    [Test]
    public void After_an_error_it_stays_there()
    {
        using var decoder = new DeltaDecoder();
        decoder.Start(_level, default, default, Max);
        byte[] bad = [0xFF, 0xFF, 0xFF, 0x7F];
        Assert.That(decoder.Decode(bad, out _, new byte[10], out _), Is.EqualTo(DeltaStatus.Invalid));
        Assert.That(decoder.Decode([0], out int consumed, new byte[10], out int written), Is.EqualTo(DeltaStatus.Invalid));
        Assert.That(consumed, Is.Zero);
        Assert.That(written, Is.Zero);
    }

    [Test]
    public void Nothing_is_taken_beyond_the_end()
    {
        (byte[] before, byte[] page, byte[] coded) = Example();
        using var decoder = new DeltaDecoder();
        decoder.Start(_level, before, default, page.Length);
        byte[] more = [.. coded, 1, 2, 3];
        DeltaStatus status = decoder.Decode(more, out int consumed, new byte[page.Length], out _);
        Assert.That(status, Is.EqualTo(DeltaStatus.End));
        Assert.That(consumed, Is.EqualTo(coded.Length));
    }

    private (byte[] Before, byte[] Page, byte[] Coded) Example()
    {
        var pages = new PageMaker(11);
        byte[] before = pages.First(60);
        byte[] page = pages.Next(12);
        return (before, page, Coding.Encode(_level, before, page));
    }
}
