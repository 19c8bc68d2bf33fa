using Railgun.Protocol.Engine;
using Railgun.Protocol.Versions;

namespace Railgun.Protocol.Tests.Engine;

internal sealed class HandleTableTests
{
    [Test]
    public void A_version_is_named_by_the_newest_stream_that_carried_it()
    {
        var table = new HandleTable();
        table.Add(3, Name(1));
        table.Add(5, Name(1));
        Assert.That(table.Refer(Name(1)), Is.EqualTo(new VersionRef(5, default)));
        Assert.That((table.NameOf(3), table.NameOf(5)), Is.EqualTo((Name(1), Name(1))));
    }

    [Test]
    public void What_the_lane_does_not_know_is_named_in_full()
    {
        var table = new HandleTable();
        Assert.That(table.Refer(Name(1)), Is.EqualTo(new VersionRef(0, Name(1))));
        Assert.That(table.NameOf(3).IsDefault, Is.True);
    }

    [Test]
    public void A_stream_keeps_its_first_version()
    {
        var table = new HandleTable();
        table.Add(3, Name(1));
        table.Add(3, Name(2));
        Assert.That(table.NameOf(3), Is.EqualTo(Name(1)));
        Assert.That(table.Refer(Name(2)).Stream, Is.Zero);
    }

    [Test]
    public void The_oldest_handle_goes_and_a_newer_one_of_the_same_version_stays()
    {
        var table = new HandleTable();
        table.Add(1, Name(0));
        table.Add(2, Name(1));
        table.Add(3, Name(0));
        for (uint stream = 4; stream < HandleTable.Capacity + 3; stream++)
        {
            table.Add(stream, Name((int)stream));
        }

        Assert.That((table.NameOf(1).IsDefault, table.NameOf(2).IsDefault), Is.EqualTo((true, true)));
        Assert.That(table.Refer(Name(0)).Stream, Is.EqualTo(3u));
        Assert.That(table.Refer(Name(1)).Stream, Is.Zero);
    }

    private static VersionName Name(int number) => VersionName.Of(BitConverter.GetBytes(number));
}
