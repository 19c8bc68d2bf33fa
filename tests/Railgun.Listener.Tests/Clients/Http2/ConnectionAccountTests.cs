using Microsoft.Extensions.Time.Testing;
using Railgun.Listener.Clients.Http2;

namespace Railgun.Listener.Tests.Clients.Http2;

internal sealed class ConnectionAccountTests
{
    private const int Requests = ConnectionAccount.MostPoints / ConnectionAccount.TakenBack;

    [Test]
    public void A_connection_may_take_back_so_many_requests_and_one_more_is_too_many()
    {
        var account = new ConnectionAccount(new FakeTimeProvider());
        Assert.That(TakeBack(account, Requests), Is.True);
        Assert.That(TakeBack(account, 1), Is.False);
    }

    [Test]
    public void A_connection_may_send_so_many_frames_for_nothing_and_one_more_is_too_many()
    {
        var account = new ConnectionAccount(new FakeTimeProvider());
        Assert.That(Enumerable.Range(0, ConnectionAccount.MostPoints).All(_ => account.TryTake(ConnectionAccount.Frame)), Is.True);
        Assert.That(account.TryTake(ConnectionAccount.Frame), Is.False);
    }

    [TestCase(1, 1)]
    [TestCase((8 * 1024) - 1, 1)]
    [TestCase(8 * 1024, 2)]
    public void A_piece_gives_a_point_back_and_each_8_KiB_of_it_another(int bytes, int back)
    {
        var account = new ConnectionAccount(new FakeTimeProvider());
        account.TryTake(10);
        account.Given(bytes);
        Assert.That(account.Points, Is.EqualTo(10 - back));
    }

    [TestCase(1, 2)]
    [TestCase(4 * 1024, 4)]
    public void So_many_updates_are_free_for_a_piece_and_one_more_takes_a_point(int bytes, int free)
    {
        var account = new ConnectionAccount(new FakeTimeProvider());
        account.Given(bytes);
        Assert.That(Enumerable.Range(0, free).All(_ => account.TryTakeUpdate()), Is.True);
        Assert.That(account.Points, Is.Zero);
        account.TryTakeUpdate();
        Assert.That(account.Points, Is.EqualTo(1));
    }

    [Test]
    public void Answers_and_time_give_points_back()
    {
        var time = new FakeTimeProvider();
        var account = new ConnectionAccount(time);
        TakeBack(account, Requests);
        account.Answered();
        Assert.That(TakeBack(account, ConnectionAccount.Answer / ConnectionAccount.TakenBack), Is.True);
        time.Advance(TimeSpan.FromSeconds(2));
        Assert.That(TakeBack(account, 2 * ConnectionAccount.BackInASecond / ConnectionAccount.TakenBack), Is.True);
        Assert.That(TakeBack(account, 1), Is.False);
    }

    /// <summary>As grpc-go does, to measure the line.</summary>
    [Test]
    public void A_ping_for_each_DATA_frame_of_an_answer_costs_nothing_in_the_end()
    {
        const int Frame = 16 * 1024;
        var account = new ConnectionAccount(new FakeTimeProvider());
        for (int i = 0; i < 4 * ConnectionAccount.MostPoints; i++)
        {
            account.Given(4 * Frame);
            bool small = account.TryTake(4 * ConnectionAccount.Frame);
            account.Given(1);
            Assert.That(account.TryTake(ConnectionAccount.Frame) && small, Is.True, $"{i}");
        }
    }

    /// <summary>As Go's client does: one for the stream and one for the connection, for each 4 KB that was read, and for each small frame.</summary>
    [TestCase(64 * 1024, 32)]
    [TestCase(1, 2)]
    public void Making_room_for_what_is_given_is_free_and_for_nothing_it_is_not(int bytes, int updates)
    {
        var account = new ConnectionAccount(new FakeTimeProvider());
        for (int i = 0; i < ConnectionAccount.MostPoints; i++)
        {
            account.Given(bytes);
            Assert.That(Enumerable.Range(0, updates).All(_ => account.TryTakeUpdate()), Is.True);
        }

        Assert.That(account.Points, Is.Zero);
        int left = 0;
        for (; account.TryTakeUpdate(); left++)
        {
        }

        Assert.That(account.Points, Is.EqualTo(ConnectionAccount.MostPoints + 1));
        Assert.That(left, Is.InRange(ConnectionAccount.MostPoints, ConnectionAccount.MostPoints + ConnectionAccount.MostUpdates));
    }

    private static bool TakeBack(ConnectionAccount account, int times) =>
        Enumerable.Range(0, times).Select(_ => account.TryTake(ConnectionAccount.TakenBack)).ToArray()[^1];
}
