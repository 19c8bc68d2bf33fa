using Railgun.Protocol.Versions;
using Version = Railgun.Protocol.Versions.Version;

namespace Railgun.Protocol.Tests.Versions;

/// <summary>
/// Drives a store with random puts, lookups and releases, and remembers what was put and what is held: what the store gives out is judged by
/// this memory alone.
/// </summary>
internal sealed class StoreModel : IDisposable
{
    private const int Pages = 60;
    private const int Bodies = 200;

    private readonly Random _random;
    private readonly VersionStore _store;
    private readonly Dictionary<VersionName, List<VersionUse>> _put = [];
    private readonly List<Version> _held = [];
    private readonly Version[] _offers = new Version[3];

    public StoreModel(int seed, long capacity, long pinned)
    {
        _random = new Random(seed);
        _store = new VersionStore(new VersionStoreOptions { CapacityBytes = capacity, PinnedBytes = pinned });
    }

    public StoreSnapshot Snapshot => _store.Snapshot();

    /// <summary>Bytes of the versions held now, each counted once.</summary>
    public long HeldBytes => _held.Distinct().Sum(v => (long)v.Length);

    public void Step()
    {
        switch (_random.Next(10))
        {
            case < 4:
                Put();
                break;
            case < 7:
                Offer();
                break;
            case 7:
                Pin();
                break;
            default:
                Release();
                break;
        }
    }

    public void Dispose()
    {
        while (_held.Count > 0)
        {
            Release();
        }

        _store.Dispose();
    }

    private void Put()
    {
        int body = _random.Next(Bodies);
        Version version = Tests.Versions.Bodies.Version(200 + (body * 97), body);
        VersionUse use = RandomUse();
        _store.Put(version, use);
        _put.TryAdd(version.Name, []);
        _put[version.Name].Add(use);
        version.Release();
    }

    private void Offer()
    {
        VersionUse asker = RandomUse();
        bool publicOnly = _random.Next(4) == 0;
        int count = _store.FindOffers(asker, publicOnly, _offers, out string reason);
        Assert.That(reason == NoOffer.None, Is.EqualTo(count > 0));
        Assert.That(_offers.Take(count).Distinct().Count(), Is.EqualTo(count), "an offer stands once");
        foreach (Version version in _offers.Take(count))
        {
            Hold(version, asker, publicOnly);
        }
    }

    private void Pin()
    {
        if (_put.Count == 0)
        {
            return;
        }

        VersionName name = _put.Keys.ElementAt(_random.Next(_put.Count));
        VersionUse asker = RandomUse();
        bool publicOnly = _random.Next(4) == 0;
        if (_store.TryPin(name, asker, publicOnly, out Version? version))
        {
            Assert.That(version!.Name, Is.EqualTo(name));
            Hold(version, asker, publicOnly);
        }
    }

    private void Hold(Version version, VersionUse asker, bool publicOnly)
    {
        Assert.That(_put[version.Name].Any(use => May(use, asker, publicOnly)), Is.True, "the asker may have it");
        if (_random.Next(3) == 0)
        {
            Assert.That(version.GetIndex().MemoryBytes, Is.Positive);
        }

        Assert.That(VersionName.Of(version.Body.Span), Is.EqualTo(version.Name), "the body is what it was");
        _held.Add(version);
    }

    private void Release()
    {
        if (_held.Count > 0)
        {
            int index = _random.Next(_held.Count);
            _held[index].Release();
            _held.RemoveAt(index);
        }
    }

    /// <summary>Decision 10 in other words than the store's.</summary>
    private static bool May(VersionUse use, VersionUse asker, bool publicOnly)
    {
        if (use.Sharing == Sharing.Principal)
        {
            return use.Principal == asker.Principal && !asker.Principal.IsAnonymous && !publicOnly;
        }

        return use.Sharing == Sharing.Public || (use.Sharing == Sharing.PublicPage && use.Page == asker.Page);
    }

    private VersionUse RandomUse()
    {
        int page = _random.Next(Pages);
        string target = page % 3 == 0 ? $"/page-{page}" : page % 3 == 1 ? $"/article/{page}.html" : $"/find?q={page}";
        var who = (ulong)_random.Next(4);
        Sharing sharing = who == 0 ? (Sharing)_random.Next(2, 4) : (Sharing)_random.Next(0, 4);
        return Requests.Use(target, sharing, who == 0 ? Principal.Anonymous : new Principal(who, 1));
    }
}
