using Railgun.Hosting.Links;
using Railgun.Protocol.Engine;
using Railgun.Protocol.Heads;
using Railgun.Protocol.Identity;
using Railgun.Protocol.Transport;
using Railgun.Protocol.Versions;

namespace Railgun.Listener.Senders;

/// <summary>The senders behind the links of this process. Step 3 of a request's life.</summary>
/// <param name="hub">The links.</param>
/// <param name="peers">Whom this listener trusts.</param>
/// <param name="news">Where requests without a lane are told of.</param>
internal sealed class LinkSenders(LinkHub hub, TrustedPeers peers, LinkNews news) : ISenders
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(50);

    private int _waiting;

    /// <inheritdoc/>
    public event Action Changed
    {
        add => news.LanesChanged += value;
        remove => news.LanesChanged -= value;
    }

    /// <inheritdoc/>
    public bool IsUp(string name) => hub.Find(name) is { IsUp: true };

    /// <inheritdoc/>
    public async ValueTask<OpenedExchange> OpenAsync(
        string name, RequestHead head, bool hasBody, IReadOnlyList<VersionName> offers, IOfferSigner signer, CancellationToken cancellation)
    {
        try
        {
            Link? link = hub.Find(name) ?? await WaitForFirstLaneAsync(name, cancellation);
            return link is not null
                ? new OpenedExchange(await link.OpenAsync(head, hasBody, offers, signer, cancellation), null)
                : Unavailable(name, NeverThere(name));
        }
        catch (LinkUnavailableException e)
        {
            return Unavailable(name, e.Fault);
        }
    }

    /// <summary>A sender that had no lane since this listener's start may be about to dial: just after a restart it is.</summary>
    private async ValueTask<Link?> WaitForFirstLaneAsync(string name, CancellationToken cancellation)
    {
        if (!peers.TryFind(name, out _))
        {
            return null;
        }

        try
        {
            if (Interlocked.Increment(ref _waiting) > hub.Options.MaxWaiting)
            {
                return null;
            }

            long start = hub.Options.Time.GetTimestamp();
            Link? link;
            while ((link = hub.Find(name)) is null && hub.Options.Time.GetElapsedTime(start) < hub.Options.WaitForLane)
            {
                await Task.Delay(LookAgain, hub.Options.Time, cancellation);
            }

            return link;
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    private Fault NeverThere(string name) => new(
        Stage.Link,
        ResetCode.LaneLost,
        peers.TryFind(name, out _)
            ? $"the sender {name} has not connected since this listener started"
            : peers.All.Count == 0
                ? "no sender is trusted yet: run 'railgun-listener trust FINGERPRINT --name NAME' with the fingerprint that railgun-sender prints"
                : $"no sender is trusted under the name {name}",
        RequestUnsent: true);

    private OpenedExchange Unavailable(string name, Fault fault)
    {
        if (fault.Stage == Stage.Link)
        {
            news.RequestFailed(name, fault.Reason);
        }

        return new OpenedExchange(null, fault);
    }
}
