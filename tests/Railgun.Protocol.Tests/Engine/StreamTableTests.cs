using Railgun.Protocol.Engine;

namespace Railgun.Protocol.Tests.Engine;

internal sealed class StreamTableTests
{
    // So many streams that retain as much as they may fill the lane.
    private const uint Full = StreamTable.MaxRetained / Retention.MaxPerStream;

    [Test]
    public void Ended_streams_make_room_for_open_ones()
    {
        var table = new StreamTable();
        StreamCore ended = Add(table, 1);
        table.Retain(ended, new byte[Retention.MaxPerStream]);
        table.Linger(ended);
        for (uint id = 2; id <= Full; id++)
        {
            table.Retain(Add(table, id), new byte[Retention.MaxPerStream]);
        }

        Assert.That((table.RetainedBytes, table.Find(1)), Is.EqualTo((StreamTable.MaxRetained, ended)));
        table.Retain(Add(table, Full + 1), new byte[1]);
        Assert.That((table.Find(1), table.RetainedBytes), Is.EqualTo(((StreamCore?)null, StreamTable.MaxRetained - Retention.MaxPerStream + 1)));
        foreach (StreamCore stream in table.All())
        {
            table.Remove(stream);
        }

        Assert.That(table.RetainedBytes, Is.Zero);
    }

    [Test]
    public void Where_none_has_ended_the_stream_itself_gives_up()
    {
        var table = new StreamTable();
        for (uint id = 1; id <= Full; id++)
        {
            table.Retain(Add(table, id), new byte[Retention.MaxPerStream]);
        }

        StreamCore last = Add(table, Full + 1);
        table.Retain(last, new byte[10]);
        Assert.That((last.Retained.Bytes, last.Retained.Covers(0), table.RetainedBytes), Is.EqualTo((0, false, StreamTable.MaxRetained)));
        foreach (StreamCore stream in table.All())
        {
            table.Remove(stream);
        }
    }

    [Test]
    public void What_memory_is_set_aside_for_stays()
    {
        var table = new StreamTable();
        List<StreamCore> reserved = [];
        uint id = 1;
        while (true)
        {
            StreamCore stream = Add(table, id++);
            if (!table.TryReserve(stream, Retention.MaxPerStream))
            {
                break;
            }

            table.Retain(stream, new byte[Retention.MaxPerStream]);
            table.Linger(stream);
            reserved.Add(stream);
        }

        Assert.That(table.ReservedBytes, Is.EqualTo(StreamTable.MaxReserved));
        for (uint more = 0; more < 2 * StreamTable.MaxLingering; more++)
        {
            StreamCore stream = Add(table, id++);
            table.Retain(stream, new byte[1 << 16]);
            table.Linger(stream);
        }

        Assert.That(reserved.All(stream => stream.Retained.Covers(0) && table.Find(stream.Id) == stream), Is.True);
        Assert.That(table.RetainedBytes, Is.LessThanOrEqualTo(StreamTable.MaxRetained));
        table.Unreserve(reserved[0]);
        StreamCore next = Add(table, id++);
        Assert.That(table.TryReserve(next, Retention.MaxPerStream), Is.True);
        table.Retain(next, new byte[Retention.MaxPerStream]);
        Assert.That((next.Retained.Bytes, table.RetainedBytes), Is.EqualTo((Retention.MaxPerStream, table.RetainedBytes)));
        Assert.That(table.RetainedBytes, Is.LessThanOrEqualTo(StreamTable.MaxRetained));
        foreach (StreamCore stream in table.All())
        {
            table.Remove(stream);
        }

        Assert.That((table.RetainedBytes, table.ReservedBytes), Is.EqualTo((0, 0)));
    }

    [Test]
    public void What_others_retain_goes_before_what_memory_is_set_aside_for()
    {
        var table = new StreamTable();
        StreamCore[] others = [.. Enumerable.Range(1, (int)Full).Select(id => Add(table, (uint)id))];
        foreach (StreamCore other in others)
        {
            table.Retain(other, new byte[Retention.MaxPerStream]);
        }

        StreamCore stream = Add(table, Full + 1);
        Assert.That(table.TryReserve(stream, 1000), Is.True);
        table.Retain(stream, new byte[1000]);
        Assert.That((stream.Retained.Bytes, others.Count(other => other.Retained.Bytes == 0)), Is.EqualTo((1000, 1)));
        foreach (StreamCore one in table.All())
        {
            table.Remove(one);
        }
    }

    [Test]
    public void Numbers_are_given_in_order_and_never_again()
    {
        var table = new StreamTable();
        var stream = new StreamCore(0, 1, new LaneHoldings(), Hello.MinWindow);
        table.AddUnsent(stream);
        Assert.That((table.OpenCount, table.WasOpened(1)), Is.EqualTo((1, false)));
        table.Number(stream);
        Assert.That((stream.Id, table.OpenCount, table.Last), Is.EqualTo((1u, 1, 1u)));
        table.Remove(stream);
        Assert.That((table.OpenCount, table.WasOpened(1), table.Find(1)), Is.EqualTo((0, true, (StreamCore?)null)));
    }

    private static StreamCore Add(StreamTable table, uint id)
    {
        var stream = new StreamCore(id, id, new LaneHoldings(), Hello.MinWindow);
        table.Add(stream);
        return stream;
    }
}
