using Railgun.Sender.Coding;
using Railgun.TestKit;
using ZstdSharp;

namespace Railgun.Sender.Tests.Coding;

internal sealed class CoderTests
{
    private static readonly byte[] Page = new PageMaker(7).First(1000);

    [TestCase(true)]
    [TestCase(false)]
    public void After_each_zstd_segment_all_of_the_target_so_far_can_be_decoded(bool lengthKnown)
    {
        using Coders coders = new(new CodingOptions());
        using Decompressor decoder = new();
        for (int body = 0; body < 3; body++)
        {
            decoder.ResetStream();
            using ISegmentCoder coder = coders.WithoutBase(new LaneTraits(0b100, null), lengthKnown ? Page.Length : null)!;
            using CodedBuffer coded = new();
            byte[] target = new byte[50_000];
            for (int i = 0; i < Page.Length; i += target.Length)
            {
                int length = Math.Min(target.Length, Page.Length - i);
                coded.Clear();
                coder.Encode(Page.AsSpan(i, length), last: i + length == Page.Length, coded);
                decoder.UnwrapStream(coded.Written.Span, target, out int consumed, out int written);
                Assert.That((consumed, written), Is.EqualTo((coded.Length, length)));
                Assert.That(target.AsSpan(0, length).SequenceEqual(Page.AsSpan(i, length)));
            }
        }
    }

    [Test]
    public void A_coder_left_in_the_middle_of_a_body_begins_the_next_one_afresh()
    {
        using Coders coders = new(new CodingOptions());
        using CodedBuffer coded = new();
        using (ISegmentCoder left = coders.WithoutBase(new LaneTraits(0b100, null), Page.Length)!)
        {
            left.Encode(Page.AsSpan(0, 1000), last: false, coded);
        }

        using ISegmentCoder next = coders.WithoutBase(new LaneTraits(0b100, null), null)!;
        coded.Clear();
        next.Encode("hello hello hello"u8, last: true, coded);
        using Decompressor decoder = new();
        byte[] target = new byte[100];
        decoder.UnwrapStream(coded.Written.Span, target, out _, out int written);
        Assert.That(target.AsSpan(0, written).SequenceEqual("hello hello hello"u8));
    }

    [Test]
    public void A_pool_keeps_no_more_than_its_capacity()
    {
        int made = 0;
        using CoderPool<MemoryStream> pool = new(() => { made++; return new MemoryStream(); }, 1);
        MemoryStream first = pool.Rent();
        MemoryStream second = pool.Rent();
        pool.Return(first);
        pool.Return(second);
        Assert.That(second.CanRead, Is.False, "One too many: disposed.");
        Assert.That(pool.Rent(), Is.SameAs(first));
        pool.Rent();
        Assert.That(made, Is.EqualTo(3));
    }
}
