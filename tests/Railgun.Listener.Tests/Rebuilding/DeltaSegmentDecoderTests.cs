using Railgun.Listener.Rebuilding;
using Railgun.Listener.Tests.Support;
using Railgun.Protocol.Deltas;
using Railgun.TestKit;

namespace Railgun.Listener.Tests.Rebuilding;

/// <summary>Segments whose coded bytes come in several frames, cut anywhere.</summary>
internal sealed class DeltaSegmentDecoderTests
{
    private const int SegmentTarget = 8 * 1024;

    [Test]
    public void A_segment_may_be_cut_at_every_byte_also_before_a_frame_that_brings_its_check_alone()
    {
        var maker = new PageMaker(3);
        (byte[] against, byte[] target) = (maker.First(60), maker.Next(6));
        (byte[] Bytes, int Length, ulong Check)[] segments = [.. Coded.Deltas(against, target, SegmentTarget)];
        Assert.That(segments, Has.Length.GreaterThan(1));
        using var decoder = new DeltaSegmentDecoder();
        for (int cut = 0; cut <= segments.Max(segment => segment.Bytes.Length); cut++)
        {
            decoder.Start(DeltaLevel.Dense, against, default, target.Length);
            var output = new byte[target.Length + 64];
            int at = 0;
            foreach ((byte[] bytes, int length, _) in segments)
            {
                int first = Math.Min(cut, bytes.Length);
                Assert.That(decoder.TryDecode(bytes.AsSpan(0, first), false, output.AsSpan(at), out int written), Is.True, $"cut at {cut}");
                Assert.That(decoder.TryDecode(bytes.AsSpan(first), true, output.AsSpan(at + written), out int more), Is.True, $"cut at {cut}");
                Assert.That(written + more, Is.EqualTo(length));
                at += length;
            }

            Assert.That(output.AsSpan(0, at).SequenceEqual(target), Is.True);
        }
    }

    [Test]
    public void Coded_bytes_behind_a_segment_that_has_ended_are_refused()
    {
        var maker = new PageMaker(4);
        (byte[] against, byte[] target) = (maker.First(10), maker.Next(2));
        byte[] coded = Coded.Delta(against, target);
        using var decoder = new DeltaSegmentDecoder();
        var output = new byte[target.Length + 64];
        decoder.Start(DeltaLevel.Dense, against, default, target.Length);
        Assert.That(decoder.TryDecode(coded, false, output, out _), Is.True);
        Assert.That(decoder.TryDecode(coded.AsSpan(0, 1), true, output, out _), Is.False);
    }
}
