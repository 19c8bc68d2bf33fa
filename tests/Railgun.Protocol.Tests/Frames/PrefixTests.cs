using Railgun.Protocol.Engine;
using Railgun.Protocol.Frames;
using Railgun.Protocol.Versions;

namespace Railgun.Protocol.Tests.Frames;

internal sealed class PrefixTests
{
    private static readonly VersionName Name = VersionName.Of("body"u8);

    [TestCase(0UL, 1UL, "00")]
    [TestCase(5UL, 5UL, "01", Description = "the same once more: it has moved")]
    [TestCase(5UL, 7UL, "02")]
    [TestCase(40UL, 9UL, "3f")]
    [TestCase(0UL, 33UL, "4040")]
    [TestCase(0UL, (1UL << 60) + 1, "e000000000000000")]
    public void The_exchange_is_told_as_a_signed_step(ulong last, ulong exchange, string hex)
    {
        byte[] bytes = Bytes.Of(b => RequestPrefix.Write(b, last, exchange, []));
        Assert.That(Bytes.ToHex(bytes), Is.EqualTo(hex + "00"));
        var reader = new FrameReader(bytes);
        Assert.That(RequestPrefix.Read(ref reader, last, new VersionRef[3], out ulong read, out _), Is.Zero);
        Assert.That(read, Is.EqualTo(exchange));
    }

    [Test]
    public void Offers_come_back_and_the_head_block_is_left()
    {
        VersionRef[] offers = [new(9, default), new(0, Name), new(1, default)];
        byte[] bytes = [.. Bytes.Of(b => RequestPrefix.Write(b, 9, 10, offers)), 0xEE];
        Assert.That(bytes, Has.Length.EqualTo(2 + 1 + 33 + 1 + 1));
        var reader = new FrameReader(bytes);
        var read = new VersionRef[Limits.MaxOffers];
        Assert.That(RequestPrefix.Read(ref reader, 9, read, out _, out _), Is.EqualTo(3));
        Assert.That(read, Is.EqualTo(offers));
        Assert.That(reader.Rest.ToArray(), Is.EqualTo(new byte[] { 0xEE }));
    }

    [TestCase("00 08 01 01 01 01", TestName = "More offers than there can be")]
    [TestCase("00 01 0a", TestName = "A handle of exchange zero")]
    [TestCase("00 01 0b", TestName = "A handle of an exchange before the first")]
    [TestCase("13 00", TestName = "An exchange zero")]
    [TestCase("15 00", TestName = "An exchange before the first")]
    [TestCase("00 01", TestName = "An offer that is not there")]
    [TestCase("00 01 00 0011", TestName = "A name that is cut")]
    [TestCase("00", TestName = "No number of offers")]
    public void A_prefix_is_malformed(string hex)
    {
        var reader = new FrameReader(Bytes.FromHex(hex));
        Assert.That(RequestPrefix.Read(ref reader, 9, new VersionRef[Limits.MaxOffers], out _, out _), Is.EqualTo(-1));
    }

    [Test]
    public void An_exchange_beyond_the_last_number_is_malformed()
    {
        var reader = new FrameReader(Bytes.FromHex("fffffffffffffffe 00"));
        Assert.That(RequestPrefix.Read(ref reader, Varint.Max - 1, new VersionRef[Limits.MaxOffers], out _, out _), Is.EqualTo(-1));
    }

    [Test]
    public void A_request_tells_whether_fresh_bodies_will_do([Values] bool fresh, [Values(0, 3)] int offers)
    {
        var refs = Enumerable.Range(1, offers).Select(i => new VersionRef((ulong)i, default)).ToArray();
        byte[] bytes = Bytes.Of(b => RequestPrefix.Write(b, 9, 10, refs, fresh));
        var reader = new FrameReader(bytes);
        Assert.That(RequestPrefix.Read(ref reader, 9, new VersionRef[Limits.MaxOffers], out _, out bool read), Is.EqualTo(offers));
        Assert.That(read, Is.EqualTo(fresh));
    }

    [TestCase(0x00, 0, true, Codec.Identity, -1, -1)]
    [TestCase(0x02, 0, true, Codec.Zstd, -1, -1)]
    [TestCase(0x13, 1, true, Codec.Delta, 0, -1)]
    [TestCase(0x74, 3, true, Codec.DenseDelta, 2, 0, Description = "third offer, and the first as second base")]
    [TestCase(0x93, 2, true, Codec.Delta, 0, 1)]
    [TestCase(0x25, 2, true, Codec.SignatureDelta, 1, -1)]
    [TestCase(0x16, 1, true, Codec.DenseSignatureDelta, 0, -1)]
    public void A_responses_byte_tells_codec_and_bases(int value, int offers, bool kept, Codec codec, int first, int second)
    {
        var coding = new BodyCoding(codec, first, second, kept);
        Assert.That(ResponsePrefix.Pack(coding), Is.EqualTo((byte)value));
        Assert.That(ResponsePrefix.TryUnpack((byte)value, 0, kept, offers, out BodyCoding read), Is.True);
        Assert.That(read, Is.EqualTo(coding));
    }

    [TestCase(7ul, 8ul, "0702", TestName = "The body of the exchange before")]
    [TestCase(9ul, 8ul, "0701", TestName = "The body of the exchange behind")]
    [TestCase(8ul, 300ul, "074248", TestName = "The body of an exchange far before")]
    public void A_fresh_body_is_named_by_the_distance_of_its_exchange(ulong fresh, ulong exchange, string hex)
    {
        var coding = new BodyCoding(Codec.FreshDelta, Fresh: fresh);
        byte[] bytes = Bytes.Of(b => ResponsePrefix.Write(b, coding, exchange));
        Assert.That(Bytes.ToHex(bytes), Is.EqualTo(hex));
        var reader = new FrameReader(bytes);
        Assert.That(ResponsePrefix.TryRead(ref reader, out byte packed, out long distance), Is.True);
        Assert.That(ResponsePrefix.TryUnpack(packed, exchange - (ulong)distance, false, 0, out BodyCoding read), Is.True);
        Assert.That(read, Is.EqualTo(coding));
    }

    [TestCase(0x07, 0ul, 3, TestName = "A fresh delta without a distance")]
    [TestCase(0x17, 5ul, 3, TestName = "A fresh delta that names an offer as base")]
    [TestCase(0xC7, 5ul, 2, TestName = "A fresh delta with a second base that was not offered")]
    [TestCase(0x07, ulong.MaxValue, 3, TestName = "A fresh body of an exchange before the first")]
    public void A_fresh_body_is_malformed(int value, ulong fresh, int offers) =>
        Assert.That(ResponsePrefix.TryUnpack((byte)value, fresh, false, offers, out _), Is.False);

    [TestCase(0x09, 0, TestName = "An unknown codec")]
    [TestCase(0x05, 1, TestName = "A signature delta without a base")]
    [TestCase(0x95, 2, TestName = "A signature delta with a second base")]
    [TestCase(0x03, 1, TestName = "A delta without a base")]
    [TestCase(0x13, 0, TestName = "A base that was not offered")]
    [TestCase(0x23, 1, TestName = "A base above the last offer by one")]
    [TestCase(0x93, 1, TestName = "A second base that was not offered")]
    [TestCase(0x53, 1, TestName = "The same base twice")]
    [TestCase(0x10, 1, TestName = "A base where the codec has none")]
    [TestCase(0x42, 1, TestName = "A second base where the codec has none")]
    public void A_responses_byte_is_malformed(int value, int offers) =>
        Assert.That(ResponsePrefix.TryUnpack((byte)value, 0, false, offers, out _), Is.False);
}
