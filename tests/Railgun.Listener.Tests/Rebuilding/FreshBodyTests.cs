using Railgun.Listener.Tests.Support;
using Railgun.Protocol.Engine;
using Railgun.Protocol.Versions;
using Railgun.TestKit;

namespace Railgun.Listener.Tests.Rebuilding;

/// <summary>Bodies coded against one that the lane has just brought, which no request had offered.</summary>
internal sealed class FreshBodyTests
{
    private const ulong Bringer = 77;

    private static readonly (string, string)[] Html = [("Content-Type", "text/html")];

    private readonly byte[] _first;
    private readonly byte[] _second;

    public FreshBodyTests()
    {
        PageMaker pages = new(21);
        _first = pages.First(200);
        _second = pages.Next(8);
    }

    [Test]
    public async Task A_body_waits_for_the_one_that_it_is_coded_against()
    {
        await using EdgeListener listener = await EdgeListener.StartAsync();
        (Task<byte[]> asked, FakeExchange exchange) = await BeginAsync(listener);
        Answer(exchange);
        await Patience.UntilAsync(() => exchange.FreshAsked == Bringer, "it looks for its base");
        await ServeAsync(listener);
        Assert.That(asked.IsCompleted, Is.False);
        exchange.Fresh.SetResult(VersionName.Of(_first));
        Assert.That(await asked, Is.EqualTo(_second));
        await Patience.UntilAsync(() => exchange.StoredVersions.SequenceEqual([VersionName.Of(_second)]), "it is stored");
        await EdgeListener.NothingIsHeldAsync();
        await Patience.UntilAsync(() => listener.Store.Snapshot().PinnedBytes == 0, "nothing is pinned");
    }

    [Test]
    public async Task A_body_whose_base_did_not_come_is_asked_for_in_full_and_kept([Values] bool named)
    {
        await using EdgeListener listener = await EdgeListener.StartAsync();
        (Task<byte[]> asked, FakeExchange exchange) = await BeginAsync(listener);
        Answer(exchange);
        exchange.Fresh.SetResult(named ? VersionName.Of("not held"u8) : default);
        Assert.That(await exchange.Wanted.WaitAsync(Patience.Limit), Is.Zero);
        exchange.SendRest();
        exchange.SendData(_second);
        exchange.SendEnd();
        Assert.That(await asked, Is.EqualTo(_second));
        await Patience.UntilAsync(() => exchange.StoredVersions.SequenceEqual([VersionName.Of(_second)]), "it is stored");
        await EdgeListener.NothingIsHeldAsync();
    }

    [Test]
    public async Task A_client_that_goes_while_the_base_is_waited_for_leaves_nothing_behind()
    {
        await using EdgeListener listener = await EdgeListener.StartAsync();
        using var leaving = new CancellationTokenSource();
        Task<HttpResponseMessage> asked = listener.Client.GetAsync(new Uri("/page", UriKind.Relative), leaving.Token);
        FakeExchange exchange = await listener.Senders.NextAsync();
        Answer(exchange);
        await Patience.UntilAsync(() => exchange.FreshAsked == Bringer, "it looks for its base");
        await leaving.CancelAsync();
        Assert.That(async () => await asked, Throws.InstanceOf<OperationCanceledException>());
        await Patience.UntilAsync(() => exchange.IsOver, "the exchange is over");
        await EdgeListener.NothingIsHeldAsync();
    }

    private void Answer(FakeExchange exchange)
    {
        exchange.SendHead(200, new BodyCoding(Codec.DenseFreshDelta, Kept: true, Fresh: Bringer), Html);
        exchange.SendSegment(Coded.Delta(_first, _second), _second.Length, Coded.Check(_second));
        exchange.SendEnd();
    }

    private static async Task<(Task<byte[]> Asked, FakeExchange Exchange)> BeginAsync(EdgeListener listener)
    {
        Task<byte[]> asked = listener.Client.GetByteArrayAsync(new Uri("/page", UriKind.Relative));
        return (asked, await listener.Senders.NextAsync());
    }

    private async Task ServeAsync(EdgeListener listener)
    {
        (Task<byte[]> asked, FakeExchange exchange) = await BeginAsync(listener);
        exchange.SendHead(200, new BodyCoding(Codec.Identity, Kept: true), Html);
        exchange.SendData(_first);
        exchange.SendEnd();
        await asked;
        await Patience.UntilAsync(() => exchange.StoredVersions.Count == 1, "it is stored");
    }
}
