using Railgun.Protocol.Deltas.Dense;
using Railgun.Protocol.Versions;
using Version = Railgun.Protocol.Versions.Version;

namespace Railgun.Protocol.Tests.Versions;

internal sealed class RecencyTests
{
    private const int Length = 10_000;

    private VersionStore _store = null!;

    [SetUp]
    public void MakeStore() => _store = new VersionStore(new VersionStoreOptions { CapacityBytes = 20 * (Length + StoreCosts.Version + StoreCosts.Use) });

    [TearDown]
    public void Dispose() => _store.Dispose();

    [Test]
    public void What_a_newer_version_superseded_goes_before_the_only_version_of_any_page()
    {
        VersionName lonely = Put("/lonely", 1);
        VersionName old = Put("/busy", 2);
        VersionName current = Put("/busy", 3);
        Fill(from: 100, count: 17);
        Assert.That(new[] { Has(lonely), Has(old), Has(current) }, Is.All.True, "all fit");

        Fill(from: 200, count: 1);
        Assert.That(Has(old), Is.False);
        Assert.That(Has(lonely), Is.True);
    }

    [Test]
    public void A_walk_through_a_whole_site_does_not_push_out_what_is_read_again()
    {
        VersionName read = Put("/read", 1);
        Ask("/read");
        VersionName unread = Put("/unread", 2);
        Fill(from: 100, count: 100);

        Assert.That(Has(read), Is.True);
        Assert.That(Has(unread), Is.False);
    }

    [Test]
    public void What_was_read_once_upon_a_time_gives_way_to_what_is_read_now()
    {
        VersionName[] before = [.. Enumerable.Range(0, 15).Select(i => PutAndAsk($"/before/{i}", i))];
        VersionName[] now = [.. Enumerable.Range(0, 15).Select(i => PutAndAsk($"/now/{i}", 50 + i))];

        Assert.That(now, Is.All.Matches<VersionName>(Has));
        Assert.That(before.Count(Has), Is.LessThan(6));
    }

    [Test]
    public void A_version_that_comes_again_is_the_newest_again()
    {
        VersionName a = Put("/page", 1);
        VersionName b = Put("/page", 2);
        Put("/page", 1);
        Put("/page", 3);

        Assert.That(Has(a), Is.True);
        Assert.That(Has(b), Is.False, "the third last goes");
    }

    [Test]
    public void Bodies_longer_than_a_sixteenth_of_the_store_are_not_kept()
    {
        using VersionBuilder builder = _store.NewBuilder();
        builder.Append(Bodies.Random(_store.MaxVersionLength + 1, seed: 1));
        Assert.That(builder.Keeping, Is.False);

        Version version = Bodies.Version(_store.MaxVersionLength + 1, seed: 1);
        _store.Put(version, Requests.Use("/large"));
        Assert.That(Has(version.Name), Is.False);
        version.Release();
    }

    [Test]
    public void Indexes_share_a_quarter_of_the_store_and_the_least_used_go_first()
    {
        long most = 0;
        for (int i = 0; i < 15; i++)
        {
            VersionName name = Put($"/page/{i}", i);
            Assert.That(_store.TryPin(name, Requests.Use("/"), false, out Version? version), Is.True);
            Assert.That(version!.GetIndex(), Is.SameAs(version.GetIndex()));
            version.Release();
            most = Math.Max(most, _store.Snapshot().IndexBytes);
            Assert.That(_store.Snapshot().IndexBytes, Is.InRange(1, _store.Snapshot().CapacityBytes / 4));
        }

        Assert.That(_store.Snapshot().Versions, Is.GreaterThan(10), "indexes go before versions");
        Assert.That(most, Is.GreaterThan(_store.Snapshot().CapacityBytes / 8));
    }

    [Test]
    public void Tables_of_places_share_it_too_and_are_freed_unless_somebody_may_be_using_them()
    {
        (Version held, BasePlaces kept) = PinWithPlaces(0);
        (Version version, BasePlaces dropped) = PinWithPlaces(1);
        version.Release();
        for (int i = 2; i < 15; i++)
        {
            PinWithPlaces(i).Version.Release();
            Assert.That(_store.Snapshot().IndexBytes, Is.InRange(1, _store.Snapshot().CapacityBytes / 4));
        }

        Assert.That(() => MakeTable(dropped), Throws.TypeOf<ObjectDisposedException>());
        MakeTable(kept);
        Assert.That(held.GetPlaces(), Is.SameAs(kept));
        held.Release();
    }

    private static unsafe void MakeTable(BasePlaces places) => Assert.That(places.Table() != null, Is.True);

    private (Version Version, BasePlaces Places) PinWithPlaces(int seed)
    {
        Assert.That(_store.TryPin(Put($"/page/{seed}", seed), Requests.Use("/"), false, out Version? version), Is.True);
        BasePlaces places = version!.GetPlaces();
        MakeTable(places);
        return (version, places);
    }

    private VersionName PutAndAsk(string target, int seed)
    {
        VersionName name = Put(target, seed);
        Ask(target);
        return name;
    }

    private VersionName Put(string target, int seed)
    {
        Version version = Bodies.Version(Length, seed);
        _store.Put(version, Requests.Use(target));
        version.Release();
        return version.Name;
    }

    private void Fill(int from, int count)
    {
        for (int i = from; i < from + count; i++)
        {
            Put($"/walk/{i}", i);
        }
    }

    private void Ask(string target)
    {
        var offers = new Version[3];
        int count = _store.FindOffers(Requests.Use(target), false, offers);
        Assert.That(count, Is.Positive);
        for (int i = 0; i < count; i++)
        {
            offers[i].Release();
        }
    }

    private bool Has(VersionName name)
    {
        bool found = _store.TryPin(name, Requests.Use("/"), false, out Version? version);
        version?.Release();
        return found;
    }
}
