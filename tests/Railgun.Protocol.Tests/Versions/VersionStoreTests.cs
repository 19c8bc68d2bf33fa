using Railgun.Protocol.Engine;
using Railgun.Protocol.Versions;
using Version = Railgun.Protocol.Versions.Version;

namespace Railgun.Protocol.Tests.Versions;

internal sealed class VersionStoreTests
{
    private static readonly Principal Ann = new(1, 1);
    private static readonly Principal Bob = new(2, 1);

    [Test]
    public void A_page_offers_its_two_newest_versions_and_one_sibling()
    {
        using var store = NewStore();
        VersionName sibling = Put(store, "/article/100", seed: 1);
        Put(store, "/article/101", seed: 2);
        VersionName second = Put(store, "/article/101", seed: 3);
        VersionName newest = Put(store, "/article/101", seed: 4);

        Assert.That(Offers(store, Requests.Use("/article/101")), Is.EqualTo(new[] { newest, second, sibling }));
        Assert.That(store.Snapshot().Versions, Is.EqualTo(3), "the page's oldest version has gone");
    }

    [Test]
    public void A_store_that_keeps_more_versions_of_a_page_still_finds_one_that_many_views_have_overtaken()
    {
        using var store = new VersionStore(new VersionStoreOptions { VersionsPerPage = 8 });
        VersionName[] names = [.. Enumerable.Range(1, 9).Select(i => Put(store, "/front", seed: i))];

        Assert.That(store.TryPin(names[0], Requests.Use("/front"), publicOnly: false, out _), Is.False, "the ninth pushed the first out");
        Assert.That(store.TryPin(names[1], Requests.Use("/front"), publicOnly: false, out Version? overtaken), Is.True);
        overtaken!.Release();
        Assert.That(Offers(store, Requests.Use("/front")), Is.EqualTo(new[] { names[8], names[7] }));
    }

    [Test]
    public void A_page_never_seen_is_offered_the_sibling_with_the_likest_URL_then_the_largest_then_the_latest()
    {
        using var store = NewStore();
        VersionName likest = Put(store, "/article/shoes-red-1.html", seed: 1);
        VersionName largest = Put(store, "/article/hats-2-of-many.html", seed: 2, length: 3000);
        Put(store, "/article/hats-3-of-many.html", seed: 3);
        VersionName latest = Put(store, "/article/hats-4-of-many.html", seed: 4);

        Assert.That(Offers(store, Requests.Use("/article/shoes-red-5.html")), Is.EqualTo(new[] { likest, largest, latest }));
    }

    [Test]
    public void A_sibling_far_larger_than_the_likest_is_left_alone()
    {
        using var store = NewStore();
        VersionName likest = Put(store, "/article/shoes-red-1.html", seed: 1);
        Put(store, "/article/hats-2-of-many.html", seed: 2, length: 4001);
        VersionName latest = Put(store, "/article/hats-3-of-many.html", seed: 3);

        Assert.That(Offers(store, Requests.Use("/article/shoes-red-5.html"))[..2], Is.EqualTo(new[] { likest, latest }));
    }

    [Test]
    public void Where_the_template_has_too_few_pages_of_the_same_kind_and_site_stand_in()
    {
        using var store = NewStore();
        VersionName sports = Put(store, "/sports.html", seed: 1);
        Put(store, "/feed.json", seed: 2);

        Assert.That(Offers(store, Requests.Use("/politics.html")), Is.EqualTo(new[] { sports }));
    }

    [Test]
    public void A_principal_is_never_offered_what_another_principal_got()
    {
        using var store = NewStore();
        Put(store, "/account", seed: 1, Sharing.Principal, Ann);

        Assert.That(Offers(store, Requests.Use("/account", who: Bob)), Is.Empty);
        Assert.That(Offers(store, Requests.Use("/account")), Is.Empty);
        Assert.That(Offers(store, Requests.Use("/account", who: Ann)), Has.Count.EqualTo(1));
    }

    [Test]
    public void With_public_bases_only_a_principal_does_not_get_its_own()
    {
        using var store = NewStore();
        VersionName own = Put(store, "/page", seed: 1, Sharing.Principal, Ann);
        VersionName everybodys = Put(store, "/page", seed: 2);
        VersionUse asker = Requests.Use("/page", who: Ann);

        Assert.That(Offers(store, asker), Is.EqualTo(new[] { everybodys, own }));
        Assert.That(Offers(store, asker, publicOnly: true), Is.EqualTo(new[] { everybodys }));
        Assert.That(store.TryPin(own, asker, publicOnly: true, out _), Is.False);
    }

    [Test]
    public void What_was_public_for_its_page_serves_that_page_only()
    {
        using var store = NewStore();
        VersionName name = Put(store, "/find/1?q=a", seed: 1, Sharing.PublicPage);

        Assert.That(Offers(store, Requests.Use("/find/1?q=a")), Is.EqualTo(new[] { name }));
        Assert.That(Offers(store, Requests.Use("/find/2?q=a")), Is.Empty);
        Assert.That(store.TryPin(name, Requests.Use("/find/2?q=a"), false, out _), Is.False);
    }

    [Test]
    public void One_body_is_stored_once_and_serves_all_its_uses()
    {
        using var store = NewStore();
        VersionName name = Put(store, "/account", seed: 1, Sharing.Principal, Ann);
        long bytes = store.Snapshot().Bytes;
        Put(store, "/account", seed: 1, Sharing.Principal, Bob);

        Assert.That(store.Snapshot().Versions, Is.EqualTo(1));
        Assert.That(store.Snapshot().Bytes, Is.EqualTo(bytes + StoreCosts.Use));
        Assert.That(Offers(store, Requests.Use("/account", who: Ann)), Is.EqualTo(new[] { name }));
        Assert.That(Offers(store, Requests.Use("/account", who: Bob)), Is.EqualTo(new[] { name }));
    }

    [Test]
    public void An_evicted_version_lives_until_it_is_released()
    {
        long before = NativeLedger.Bytes;
        using var store = NewStore();
        Version pinned = Bodies.Version(1000, seed: 1);
        VersionName name = pinned.Name;
        store.Put(pinned, Requests.Use("/old"));
        for (int i = 0; i < 1000; i++)
        {
            Put(store, $"/page/{i}", seed: 100 + i);
        }

        Assert.That(store.TryPin(name, Requests.Use("/old"), false, out _), Is.False, "it has been evicted");
        Assert.That(VersionName.Of(pinned.Body.Span), Is.EqualTo(name));
        Assert.That(store.Snapshot().PinnedBytes, Is.EqualTo(pinned.Length));

        pinned.Release();
        Assert.That(store.Snapshot().PinnedBytes, Is.Zero);
        store.Dispose();
        Assert.That(NativeLedger.Bytes, Is.EqualTo(before));
    }

    [Test]
    public void Beyond_the_bound_on_pins_nothing_is_offered()
    {
        using var store = new VersionStore(new VersionStoreOptions { CapacityBytes = 1 << 20, PinnedBytes = 1500 });
        Put(store, "/a/1.css", seed: 1);
        Put(store, "/b/1.js", seed: 2);
        var offers = new Version[3];
        Assert.That(store.FindOffers(Requests.Use("/a/1.css"), false, offers, out string reason), Is.EqualTo(1));
        Assert.That(reason, Is.EqualTo(NoOffer.None));

        Assert.That(store.FindOffers(Requests.Use("/b/1.js"), false, new Version[3], out reason), Is.Zero);
        Assert.That(reason, Is.EqualTo(NoOffer.PinsFull));
        Assert.That(store.FindOffers(Requests.Use("/a/1.css"), false, new Version[3]), Is.EqualTo(1), "what is pinned already costs nothing more");
    }

    [TestCase(0, true)]
    [TestCase(1, false)]
    public void A_version_takes_a_sixteenth_of_the_store_at_most(int beyond, bool kept)
    {
        using var store = NewStore();
        Put(store, "/large", seed: 1, length: (1 << 16) + beyond);
        Assert.That(store.Snapshot().Versions, Is.EqualTo(kept ? 1 : 0));
    }

    [TestCase(0, true)]
    [TestCase(1, false)]
    public void A_version_has_32_MiB_at_most_however_large_the_store_is(int beyond, bool kept)
    {
        using var store = new VersionStore(new VersionStoreOptions { CapacityBytes = 1L << 40 });
        using VersionBuilder builder = store.NewBuilder();
        builder.Append(new byte[Limits.MaxVersion]);
        builder.Append(new byte[beyond]);
        Version? version = builder.Complete();
        if (version is not null)
        {
            store.Put(version, Requests.Use("/large"));
            version.Release();
        }

        Assert.That((version is not null, store.Snapshot().Versions), Is.EqualTo((kept, kept ? 1 : 0)));
    }

    private static VersionStore NewStore() => new(new VersionStoreOptions { CapacityBytes = 1 << 20 });

    private static VersionName Put(VersionStore store, string target, int seed, Sharing sharing = Sharing.Public, Principal who = default, int length = 1000)
    {
        Version version = Bodies.Version(length, seed);
        VersionName name = version.Name;
        store.Put(version, Requests.Use(target, sharing, who));
        version.Release();
        return name;
    }

    private static List<VersionName> Offers(VersionStore store, VersionUse asker, bool publicOnly = false)
    {
        var offers = new Version[3];
        List<VersionName> names = [];
        int count = store.FindOffers(asker, publicOnly, offers);
        for (int i = 0; i < count; i++)
        {
            names.Add(offers[i].Name);
            offers[i].Release();
        }

        return names;
    }
}
