using Railgun.Protocol.Engine;

namespace Railgun.Protocol.Tests.Engine;

internal sealed class ReceiveMemoryTests
{
    [Test]
    public void What_is_lent_is_bounded_and_comes_back()
    {
        var memory = new ReceiveMemory(capacity: 1000, perLane: 700);
        Assert.That((memory.Lend(600), memory.Lend(600), memory.Lend(1)), Is.EqualTo((600L, 400L, 0L)));
        memory.Return(500);
        Assert.That((memory.Lend(600), memory.Lent), Is.EqualTo((500L, 1000L)));
    }

    [Test]
    public void A_lane_has_its_least_window_even_where_nothing_is_left()
    {
        var memory = new ReceiveMemory(capacity: 1 << 20, perLane: 1 << 20);
        Assert.That(memory.LendWindow(4 << 20), Is.EqualTo(1 << 20));
        Assert.That(memory.LendWindow(4 << 20), Is.EqualTo(ReceiveMemory.LeastPerLane));
        Assert.That(memory.Lent, Is.EqualTo((1 << 20) + ReceiveMemory.LeastPerLane));
        Assert.That(memory.Lend(1), Is.Zero);
    }

    [Test]
    public async Task Lent_from_many_threads_it_is_never_more()
    {
        var memory = new ReceiveMemory(capacity: 10_000, perLane: 10_000);
        long[] lent = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => Enumerable.Range(0, 1000).Sum(_ => memory.Lend(i + 1)))));
        Assert.That((lent.Sum(), memory.Lent), Is.EqualTo((10_000L, 10_000L)));
    }
}
