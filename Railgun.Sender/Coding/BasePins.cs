using Railgun.Protocol.Engine;
using Railgun.Protocol.Versions;
using Version = Railgun.Protocol.Versions.Version;

namespace Railgun.Sender.Coding;

/// <summary>
/// Those of an exchange's offers that this side holds too and the asker may have (step 4), pinned from the request's arrival until the body's coding is chosen,
/// so that none goes while the origin works, and what was chosen until the body is coded. Disposing it releases them.
/// </summary>
internal sealed class BasePins : IDisposable
{
    private readonly Version?[] _versions = new Version?[Limits.MaxOffers + 1];
    private readonly int[] _offers = new int[Limits.MaxOffers + 1];

    private BasePins()
    {
    }

    /// <summary>How many.</summary>
    public int Count { get; private set; }

    /// <summary>How many of them were offered; the one behind them, if there is one, is a fresh body.</summary>
    public int Offered { get; private set; }

    /// <summary>The exchange of the fresh body; 0 for none.</summary>
    public ulong FreshExchange { get; private set; }

    /// <summary>Whether anything was offered at all.</summary>
    public bool WereOffered { get; private set; }

    /// <summary>One of them that was not let go, in the order of the offers: the page's versions, newest first, then a sibling.</summary>
    public Version this[int index] => _versions[index]!;

    /// <summary>Which offer it is, as the response names it; -1 for the fresh body.</summary>
    public int OfferOf(int index) => _offers[index];

    /// <summary>Looks the offers up and pins what may be used.</summary>
    public static BasePins Resolve(VersionStore store, IReadOnlyList<VersionName> offers, in VersionUse asker, bool publicOnly)
    {
        BasePins pins = new() { WereOffered = offers.Count > 0 };
        for (int i = 0; i < Math.Min(offers.Count, Limits.MaxOffers); i++)
        {
            if (store.TryPin(offers[i], asker, publicOnly, out Version? version))
            {
                pins._versions[pins.Count] = version;
                pins._offers[pins.Count++] = i;
            }
        }

        pins.Offered = pins.Count;

        return pins;
    }

    /// <summary>Adds the body of the page that the lane has just carried, unless it was offered: it is newer than what the listener could know of.</summary>
    public void AddFresh(VersionStore store, FreshBody fresh, in Asker asker)
    {
        bool known = fresh.Exchange == 0 || FreshExchange != 0;
        for (int i = 0; i < Offered && !known; i++)
        {
            known = _versions[i]!.Name == fresh.Name;
        }

        if (!known && store.TryPin(fresh.Name, asker.Use, asker.PublicOnly, out Version? version))
        {
            FreshExchange = fresh.Exchange;
            _offers[Count] = -1;
            _versions[Count++] = version;
        }
    }

    /// <summary>Whether it is the fresh body.</summary>
    public bool IsFresh(int index) => index >= Offered;

    /// <summary>Lets go all but those that the body is coded against.</summary>
    public void KeepOnly(ChosenBases bases)
    {
        for (int i = 0; i < Count; i++)
        {
            if (i != bases.First && i != bases.Second)
            {
                _versions[i]?.Release();
                _versions[i] = null;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => KeepOnly(ChosenBases.None);
}
