using System.Buffers;
using Railgun.Protocol.Deltas;
using Railgun.Protocol.Deltas.Dense;
using Railgun.TestKit;

namespace Railgun.Protocol.Tests.Deltas.Dense;

/// <summary>What the dense level looks up in a base may come with it, and be shared.</summary>
internal sealed class BasePlacesTests
{
    [Test]
    public void A_delta_is_the_same_whether_the_base_comes_with_its_places_or_not()
    {
        var pages = new PageMaker(8);
        byte[] before = pages.First(400);
        byte[] other = pages.Next(200);
        byte[] page = pages.Next(40);
        using var first = new BasePlaces(before);
        using var second = new BasePlaces(other);
        byte[] coded = Encode(new DeltaBase(before, null), new DeltaBase(other, null), page);
        Assert.That(Encode(new DeltaBase(before, null, first), new DeltaBase(other, null, second), page), Is.EqualTo(coded));
        Assert.That(Encode(new DeltaBase(before, null, first), new DeltaBase(other, null), page), Is.EqualTo(coded));
        Assert.That(Encode(new DeltaBase(before, null), new DeltaBase(other, null, second), page), Is.EqualTo(coded));
    }

    [TestCase(0)]
    [TestCase(7)]
    [TestCase(8)]
    [TestCase(300)]
    public void A_short_base_has_places_too(int length)
    {
        byte[] before = new PageMaker(9).First(20)[..length];
        byte[] page = [.. "New: "u8, .. before, .. before];
        using var places = new BasePlaces(before);
        Assert.That(Encode(new DeltaBase(before, null, places), default, page), Is.EqualTo(Encode(new DeltaBase(before, null), default, page)));
    }

    [Test]
    public void Encodings_at_once_share_one_table()
    {
        var pages = new PageMaker(10);
        byte[] before = pages.First(400);
        byte[] page = pages.Next(40);
        byte[] coded = Encode(new DeltaBase(before, null), default, page);
        using var places = new BasePlaces(before);
        byte[][] all = [.. Enumerable.Range(0, 8).AsParallel().WithDegreeOfParallelism(8).Select(_ => Encode(new DeltaBase(before, null, places), default, page))];
        Assert.That(all, Is.All.EqualTo(coded));
    }

    [Test]
    public void Its_memory_is_bounded_by_the_body_and_by_itself()
    {
        foreach (int length in new[] { 0, 1000, 3000, 40_000, 1_000_000, DeltaLimits.MaxBase })
        {
            using var places = new BasePlaces(new byte[length]);
            Assert.That(places.MemoryBytes, Is.InRange(1, Math.Min(512 << 10, Math.Max(4 << 10, 2 * length))));
        }
    }

    [Test]
    public void Once_its_memory_is_given_back_it_makes_none()
    {
        var places = new BasePlaces(new byte[100]);
        places.Dispose();
        places.Dispose();
        Assert.That(() => Encode(new DeltaBase(new byte[100], null, places), default, "a new page"u8.ToArray()), Throws.TypeOf<ObjectDisposedException>());
    }

    private static byte[] Encode(in DeltaBase first, in DeltaBase second, byte[] page)
    {
        using var encoder = new DeltaEncoder();
        encoder.Start(DeltaLevel.Dense, first, second);
        var output = new ArrayBufferWriter<byte>();
        encoder.EncodeSegment(page, true, output);
        return output.WrittenSpan.ToArray();
    }
}
