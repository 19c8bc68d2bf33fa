using Railgun.Protocol.Deltas;

namespace Railgun.Protocol.Tests.Deltas;

/// <summary>The examples of DELTA_FORMAT.md, and prefixes beside their limits.</summary>
internal sealed class FormatTests
{
    [Test]
    public void One_zero_byte_says_the_base_itself([Values] DeltaLevel level)
    {
        Assert.That(Coding.Decode(level, "abc"u8.ToArray(), null, [0x00], out byte[] target), Is.EqualTo(DeltaStatus.End));
        Assert.That(target, Is.EqualTo("abc"u8.ToArray()));
    }

    [Test]
    public void A_stored_segment_is_the_target_as_it_is([Values] DeltaLevel level)
    {
        byte[] coded = Convert.FromHexString("FF030080616263");
        Assert.That(Coding.Decode(level, "xyz"u8.ToArray(), null, coded, out byte[] target), Is.EqualTo(DeltaStatus.End));
        Assert.That(target, Is.EqualTo("abc"u8.ToArray()));
    }

    [TestCase(0, 1)]
    [TestCase(223, 1)]
    [TestCase(224, 2)]
    [TestCase(7903, 2)]
    [TestCase(7904, 4)]
    [TestCase(131_072, 4)]
    public void A_length_is_read_as_it_was_written(int length, int size)
    {
        var bytes = new byte[SegmentPrefix.MaxSize];
        Assert.That(new SegmentPrefix(false, false, length).Write(bytes), Is.EqualTo(size));
        Assert.That(SegmentPrefix.SizeOf(bytes[0]), Is.EqualTo(size));
        Assert.That(SegmentPrefix.TryRead(bytes, out SegmentPrefix read), Is.True);
        Assert.That(read, Is.EqualTo(new SegmentPrefix(false, false, length)));
    }

    [TestCase("FE010002")]
    [TestCase("FE010080")]
    [TestCase("FF010002")]
    [TestCase("FFFFFFFF")]
    public void A_length_beyond_its_limit_is_refused(string hex) =>
        Assert.That(SegmentPrefix.TryRead(Convert.FromHexString(hex), out _), Is.False);
}
