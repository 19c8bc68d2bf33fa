using Railgun.Protocol.Engine;

namespace Railgun.Protocol.Tests.Engine;

internal sealed class RetentionTests
{
    [Test]
    public void Whole_pieces_before_the_offset_go()
    {
        var retention = new Retention();
        retention.Append(new byte[10]);
        retention.Append(new byte[20]);
        Assert.That(retention.Release(9), Is.Zero);
        Assert.That(retention.Release(10), Is.EqualTo(10));
        Assert.That((retention.Start, retention.End, retention.Bytes), Is.EqualTo((10L, 30L, 20)));
        Assert.That((retention.Covers(9), retention.Covers(10), retention.Covers(30), retention.Covers(31)), Is.EqualTo((false, true, true, false)));
        Assert.That(retention.Clear(), Is.EqualTo(20));
    }

    [Test]
    public void Past_the_bound_the_oldest_piece_makes_room()
    {
        var retention = new Retention();
        Assert.That(retention.Append(new byte[100]), Is.EqualTo(100));
        Assert.That(retention.Append(new byte[Retention.MaxPerStream - 100]), Is.EqualTo(Retention.MaxPerStream - 100));
        Assert.That(retention.Append(new byte[1]), Is.EqualTo(1 - 100));
        Assert.That((retention.Start, retention.Bytes), Is.EqualTo((100L, Retention.MaxPerStream - 99)));
        retention.Clear();
    }

    [Test]
    public void A_piece_is_cut_where_the_rest_begins_inside_it()
    {
        var retention = new Retention();
        retention.Append([1, 2, 3]);
        retention.Append([4, 5]);
        List<byte> rest = [];
        retention.TakeFrom(1, piece =>
        {
            rest.AddRange(piece.Span);
            piece.Dispose();
        });
        Assert.That(rest, Is.EqualTo(new byte[] { 2, 3, 4, 5 }));
        Assert.That(retention.Bytes, Is.Zero);
    }

    [Test]
    public void No_bytes_are_no_piece()
    {
        var retention = new Retention();
        Assert.That(retention.Append([]), Is.Zero);
        int pieces = 0;
        retention.TakeFrom(0, _ => pieces++);
        Assert.That(pieces, Is.Zero);
    }
}
