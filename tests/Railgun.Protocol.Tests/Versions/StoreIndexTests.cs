using Railgun.Protocol.Versions;
using Version = Railgun.Protocol.Versions.Version;

namespace Railgun.Protocol.Tests.Versions;

internal sealed class StoreIndexTests
{
    private const int Steps = 1000;
    private const int Names = 40;

    [Test]
    public void Sums_and_links_are_right_after_every_change([Range(1, 10)] int seed)
    {
        var random = new Random(seed);
        var index = new StoreIndex(200_000);
        Version[] versions = [.. Enumerable.Range(0, Names).Select(i => Bodies.Version(100 + (i * 50), i))];
        HashSet<PageSlot> slots = [];
        for (int step = 0; step < Steps; step++)
        {
            Version version = versions[random.Next(Names)];
            bool here = index.TryFind(version.Name, out StoredVersion? stored);
            if (random.Next(5) > 0 || !here)
            {
                VersionUse use = Requests.Use($"/{(char)('a' + random.Next(4))}/{random.Next(20)}", (Sharing)random.Next(1, 4), new Principal((ulong)random.Next(1, 4), 1));
                index.Put(stored ?? new StoredVersion(version), use);
                slots.Add(index.FindPage(use.Page, SlotOwner.Of(use))!);
                Assert.That(index.FindPage(use.Page, SlotOwner.Of(use))!.Newest!.Of.Version.Name, Is.EqualTo(version.Name));
            }
            else if (random.Next(2) == 0)
            {
                index.Remove(index.Next!);
            }
            else
            {
                index.Prove(stored!);
            }

            Check(index, versions, slots);
            index.TakeLeft();
        }

        foreach (Version version in versions)
        {
            version.Release();
        }
    }

    [Test]
    public void A_version_keeps_its_latest_uses_up_to_a_bound()
    {
        var index = new StoreIndex(1_000_000);
        Version version = Bodies.Version(100, seed: 1);
        var stored = new StoredVersion(version);
        for (int i = 0; i < StoreIndex.MaxUses * 2; i++)
        {
            index.Put(stored, Requests.Use($"/{i}"));
        }

        Assert.That(index.Uses, Is.EqualTo(StoreIndex.MaxUses));
        Assert.That(index.FindPage(Requests.Use("/0").Page, Principal.Anonymous), Is.Null);
        Assert.That(index.FindPage(Requests.Use($"/{(StoreIndex.MaxUses * 2) - 1}").Page, Principal.Anonymous), Is.Not.Null);
        version.Release();
    }

    private static void Check(StoreIndex index, Version[] versions, HashSet<PageSlot> slots)
    {
        long bytes = 0;
        int uses = 0;
        int count = 0;
        foreach (Version version in versions)
        {
            if (!index.TryFind(version.Name, out StoredVersion? stored))
            {
                continue;
            }

            count++;
            bytes += stored.Bytes;
            uses += stored.Uses.Count;
            Assert.That(stored.Group, Is.Not.Null);
            Assert.That(stored.Uses.Count, Is.InRange(1, StoreIndex.MaxUses));
            Assert.That(stored.Uses.Count(u => u.Page.Newest == u), Is.EqualTo(stored.NewestOf));
            Assert.That(stored.Uses.All(u => u.Page.Uses.Contains(u)), Is.True);
            Assert.That(stored.Uses.All(u => u.Template is null == (u.Use.Sharing == Sharing.PublicPage)), Is.True);
            Assert.That(stored.Uses.All(u => index.FindPage(u.Use.Page, SlotOwner.Of(u.Use)) == u.Page), Is.True);
        }

        Assert.That(index.Versions, Is.EqualTo(count));
        Assert.That(index.Uses, Is.EqualTo(uses));
        Assert.That(index.Bytes, Is.EqualTo(bytes + (uses * StoreCosts.Use)));
        Assert.That(slots.All(s => s.Uses.Count <= VersionStoreOptions.DefaultVersionsPerPage && s.Uses.DistinctBy(u => u.Of).Count() == s.Uses.Count), Is.True);
        Assert.That(index.Next is null, Is.EqualTo(count == 0));
    }
}
