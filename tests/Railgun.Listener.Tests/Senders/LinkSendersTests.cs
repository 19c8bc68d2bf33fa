using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Railgun.Hosting.Links;
using Railgun.Listener.Senders;
using Railgun.Listener.Tests.Support;
using Railgun.Protocol.Deltas.Signatures;
using Railgun.Protocol.Engine;
using Railgun.Protocol.Heads;
using Railgun.Protocol.Identity;
using Railgun.Protocol.Transport;

namespace Railgun.Listener.Tests.Senders;

/// <summary>Requests for a sender that has had no lane since the start.</summary>
internal sealed class LinkSendersTests
{
    private const int Most = 1024;

    [Test]
    public async Task As_many_as_may_wait_for_a_first_lane_and_one_more_is_told_at_once()
    {
        string state = Directory.CreateTempSubdirectory("railgun-listener-tests-").FullName;
        var time = new FakeTimeProvider();
        TrustedPeers peers = TrustedPeers.In(state);
        peers.Add(EdgeListener.KeyOf("shop"), "shop");
        using NodeIdentity identity = NodeIdentity.LoadOrCreate(state, "edge", TimeProvider.System);
        var news = new LinkNews(NullLogger<LinkNews>.Instance, time);
        await using (var hub = new LinkHub(
            new LinkHubOptions { Role = LinkRole.Listener, Identity = identity, Peers = peers, Time = time, Program = "railgun-listener", PeerProgram = "railgun-sender", MaxWaiting = Most },
            null,
            news))
        {
            var senders = new LinkSenders(hub, peers, news);
            Task<OpenedExchange>[] waiting = [.. Enumerable.Range(0, Most).Select(_ => OpenAsync(senders))];
            Assert.That(waiting.Select(opened => opened.IsCompleted), Has.None.True);
            Task<OpenedExchange> beyond = OpenAsync(senders);
            Assert.That(beyond.IsCompletedSuccessfully && (await beyond).Fault is { RequestUnsent: true, Code: ResetCode.LaneLost }, Is.True);

            await EndAsync(Task.WhenAll(waiting), time);
            Assert.That(waiting.Select(opened => opened.Result.Fault?.RequestUnsent), Has.All.True);
            Task<OpenedExchange> again = OpenAsync(senders);
            Assert.That(again.IsCompleted, Is.False, "there is room again");
            await EndAsync(again, time);
        }

        Directory.Delete(state, recursive: true);
    }

    /// <summary>Lets time go on until nobody waits any more.</summary>
    private static Task EndAsync(Task waiting, FakeTimeProvider time) => Patience.UntilAsync(
        () =>
        {
            time.Advance(TimeSpan.FromMilliseconds(50));
            return waiting.IsCompleted;
        },
        "those that wait are told");

    private static Task<OpenedExchange> OpenAsync(LinkSenders senders) => senders.OpenAsync(
        "shop",
        new RequestHead { Method = "GET", Scheme = "http", Authority = "shop.example", Target = "/" },
        hasBody: false,
        [],
        new NoSignature(),
        CancellationToken.None).AsTask();

    private sealed class NoSignature : IOfferSigner
    {
        public bool TakesFresh => false;

        public OfferSignature SignBest(ulong epoch, SignatureSeed seed) => default;
    }
}
