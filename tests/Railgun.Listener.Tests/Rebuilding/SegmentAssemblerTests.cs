using Railgun.Listener.Rebuilding;
using Railgun.Protocol.Engine;
using Railgun.Protocol.Transport;

namespace Railgun.Listener.Tests.Rebuilding;

/// <summary>How much a segment may be, at the limit and one byte beyond.</summary>
internal sealed class SegmentAssemblerTests
{
    private const int Piece = 16 * 1024;

    [TestCase(0, true)]
    [TestCase(1, false)]
    public void The_target_that_a_segment_claims(int beyond, bool taken)
    {
        int length = Limits.MaxSegmentTarget + beyond;
        using var assembler = new SegmentAssembler(new Decoder(length));
        Assert.That(Take(assembler, 1, length), Is.EqualTo(taken));
        Assert.That(!taken || assembler.Target.Length == length, Is.True);
    }

    [TestCase(0, true)]
    [TestCase(1, false)]
    public void The_target_that_comes_of_the_coded_bytes_before_their_end(int beyond, bool taken)
    {
        using var assembler = new SegmentAssembler(new Decoder(Limits.MaxSegmentTarget + beyond));
        Assert.That(Take(assembler, 1, length: null), Is.EqualTo(taken));
    }

    [TestCase(0, true)]
    [TestCase(1, false)]
    public void The_coded_bytes_of_a_segment(int beyond, bool taken)
    {
        using var assembler = new SegmentAssembler(new Decoder(makes: 0));
        int left = SegmentAssembler.MaxCoded + beyond;
        for (; left > Piece; left -= Piece)
        {
            Assert.That(Take(assembler, Piece, length: null), Is.True);
        }

        Assert.That(Take(assembler, left, length: 0), Is.EqualTo(taken));
        assembler.Next();
        Assert.That(Take(assembler, Piece, length: null), Is.True, "the next segment has its own");
    }

    private static bool Take(SegmentAssembler assembler, int coded, int? length)
    {
        using Payload data = Payload.Copy(new byte[coded]);
        return assembler.TryTake(new ResponseEvent { Kind = ResponseEventKind.Data, Data = data, EndsSegment = length is not null, SegmentLength = length ?? 0 });
    }

    /// <summary>Makes so many bytes of any, if there is room.</summary>
    private sealed class Decoder(int makes) : ISegmentDecoder
    {
        public bool TryDecode(ReadOnlySpan<byte> coded, bool endsSegment, Span<byte> output, out int written)
        {
            written = Math.Min(makes, output.Length);
            return written == makes;
        }

        public void Dispose()
        {
        }
    }
}
