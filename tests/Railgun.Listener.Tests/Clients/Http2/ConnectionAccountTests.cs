using Microsoft.Extensions.Time.Testing;
using Railgun.Listener.Clients.Http2;

namespace Railgun.Listener.Tests.Clients.Http2;

internal sealed class ConnectionAccountTests
{
    private const int Requests = ConnectionAccount.MostPoints / ConnectionAccount.Request;

    [Test]
    public void A_connection_may_take_back_so_many_requests_and_one_more_is_too_many()
    {
        var account = new ConnectionAccount(new FakeTimeProvider());
        Assert.That(TakeBack(account, Requests), Is.True);
        Assert.That(TakeBack(account, 1), Is.False);
    }

    [Test]
    public void Answers_and_time_give_points_back()
    {
        var time = new FakeTimeProvider();
        var account = new ConnectionAccount(time);
        TakeBack(account, Requests);
        account.Answered();
        Assert.That(TakeBack(account, 1), Is.True);
        time.Advance(TimeSpan.FromSeconds(2));
        Assert.That(TakeBack(account, 2 * ConnectionAccount.BackInASecond / ConnectionAccount.Request), Is.True);
        Assert.That(TakeBack(account, 1), Is.False);
    }

    private static bool TakeBack(ConnectionAccount account, int times) =>
        Enumerable.Range(0, times).Select(_ => account.TryTake(ConnectionAccount.Request)).ToArray()[^1];
}
