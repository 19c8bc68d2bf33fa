using Railgun.Protocol.Engine;
using Railgun.Protocol.Versions;

namespace Railgun.Protocol.Tests.Engine;

internal sealed class HandleTableTests
{
    [Test]
    public void A_version_is_named_by_the_newest_exchange_that_brought_it()
    {
        var table = new HandleTable();
        table.Add(3, Name(1));
        table.Add(5, Name(1));
        Assert.That(table.Refer(Name(1), 20_000), Is.EqualTo(new VersionRef(5, default)));
        Assert.That((table.NameOf(3), table.NameOf(5)), Is.EqualTo((Name(1), Name(1))));
    }

    [Test]
    public void What_the_link_does_not_know_is_named_in_full()
    {
        var table = new HandleTable();
        Assert.That(table.Refer(Name(1), 20_000), Is.EqualTo(new VersionRef(0, Name(1))));
        Assert.That(table.NameOf(3).IsDefault, Is.True);
    }

    [Test]
    public void An_exchange_keeps_its_first_version()
    {
        var table = new HandleTable();
        table.Add(3, Name(1));
        table.Add(3, Name(2));
        Assert.That(table.NameOf(3), Is.EqualTo(Name(1)));
        Assert.That(table.Refer(Name(2), 20_000).Exchange, Is.Zero);
    }

    [Test]
    public void The_oldest_handle_goes_and_a_newer_one_of_the_same_version_stays()
    {
        var table = new HandleTable();
        table.Add(1, Name(0));
        table.Add(2, Name(1));
        table.Add(3, Name(0));
        for (uint exchange = 4; exchange < HandleTable.Capacity + 3; exchange++)
        {
            table.Add(exchange, Name((int)exchange));
        }

        Assert.That((table.NameOf(1).IsDefault, table.NameOf(2).IsDefault), Is.EqualTo((true, true)));
        Assert.That(table.Refer(Name(0), 20_000).Exchange, Is.EqualTo(3UL));
        Assert.That(table.Refer(Name(1), 20_000).Exchange, Is.Zero);
    }

    [Test]
    public void An_exchange_that_began_earlier_cant_count_back_to_a_later_one()
    {
        var table = new HandleTable();
        table.Add(7, Name(1));
        Assert.That(table.Refer(Name(1), 7), Is.EqualTo(new VersionRef(0, Name(1))));
        Assert.That(table.Refer(Name(1), 8), Is.EqualTo(new VersionRef(7, default)));
    }

    [Test]
    public void The_lanes_of_one_process_share_their_handles_and_a_process_that_starts_anew_has_none()
    {
        var link = new LinkHandles();
        var first = Guid.NewGuid();
        HandleTable before = link.With(first);
        before.Add(7, Name(1));
        Assert.That(link.With(first).NameOf(7), Is.EqualTo(Name(1)));
        Assert.That(link.With(Guid.NewGuid()).NameOf(7).IsDefault, Is.True);
        Assert.That(before.NameOf(7), Is.EqualTo(Name(1)));
    }

    private static VersionName Name(int number) => VersionName.Of(BitConverter.GetBytes(number));
}
