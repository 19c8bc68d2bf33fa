using Microsoft.Extensions.Time.Testing;
using Railgun.Listener.Clients.Http2;
using Railgun.Listener.Rebuilding;

namespace Railgun.Listener.Tests.Rebuilding;

internal sealed class MeteredStreamTests
{
    [Test]
    public async Task What_is_read_is_counted_and_gives_points_back()
    {
        var progress = new BodyProgress();
        var account = new ConnectionAccount(new FakeTimeProvider());
        account.TryTake(10);
        await using var stream = new MeteredStream(new MemoryStream(new byte[ConnectionAccount.BytesForAPoint]), progress, account);
        Assert.That(await stream.ReadAsync(new byte[2 * ConnectionAccount.BytesForAPoint]), Is.EqualTo(ConnectionAccount.BytesForAPoint));
        Assert.That((progress.Bytes, progress.Ended, account.Points), Is.EqualTo(((long)ConnectionAccount.BytesForAPoint, false, 8d)));
        Assert.That(await stream.ReadAsync(new byte[1]), Is.Zero);
        Assert.That((progress.Ended, account.Points), Is.EqualTo((true, 8d)));
    }
}
