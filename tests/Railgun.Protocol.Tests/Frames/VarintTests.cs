using Railgun.Protocol.Frames;

namespace Railgun.Protocol.Tests.Frames;

internal sealed class VarintTests
{
    [TestCase(0UL, "00")]
    [TestCase(63UL, "3f")]
    [TestCase(64UL, "4040")]
    [TestCase(16383UL, "7fff")]
    [TestCase(16384UL, "80004000")]
    [TestCase((1UL << 30) - 1, "bfffffff")]
    [TestCase(1UL << 30, "c000000040000000")]
    [TestCase(Varint.Max, "ffffffffffffffff")]
    [TestCase(151288809941952652UL, "c2197c5eff14e88c")] // RFC 9000, appendix A.1
    [TestCase(494878333UL, "9d7f3e7d")]
    [TestCase(15293UL, "7bbd")]
    public void A_value_has_one_form(ulong value, string hex)
    {
        var written = new byte[Varint.MaxLength];
        int length = Varint.Write(written, value);
        Assert.That(Bytes.ToHex(written.AsSpan(0, length)), Is.EqualTo(hex));
        Assert.That(Varint.Length(value), Is.EqualTo(length));
        Assert.That(Varint.Read(Bytes.FromHex(hex + "ff"), out ulong read, out int used), Is.EqualTo(VarintStatus.Done));
        Assert.That((read, used), Is.EqualTo((value, length)));
    }

    [TestCase("4000")]
    [TestCase("403f")]
    [TestCase("80003fff")]
    [TestCase("80000000")]
    [TestCase("c00000003fffffff")]
    public void A_longer_form_than_needed_is_invalid(string hex) =>
        Assert.That(Varint.Read(Bytes.FromHex(hex), out _, out _), Is.EqualTo(VarintStatus.Invalid));

    [TestCase("4040")]
    [TestCase("80004000")]
    [TestCase("c000000040000000")]
    public void Each_cut_needs_more(string hex)
    {
        byte[] whole = Bytes.FromHex(hex);
        for (int length = 0; length < whole.Length; length++)
        {
            Assert.That(Varint.Read(whole.AsSpan(0, length), out _, out _), Is.EqualTo(VarintStatus.NeedMore), $"{length} bytes");
        }
    }

    [Test]
    public void A_value_beyond_the_largest_is_a_mistake_of_the_caller() =>
        Assert.That(() => Varint.Write(new byte[8], Varint.Max + 1), Throws.InstanceOf<ArgumentOutOfRangeException>());
}
