using Railgun.Protocol.Heads;
using Railgun.Protocol.Versions;
using Version = Railgun.Protocol.Versions.Version;

namespace Railgun.Protocol.Tests.Versions;

/// <summary>What each request does here allocates nothing on the managed heap.</summary>
internal sealed class AllocationTests
{
    private static readonly CredentialRules Rules = new(new CredentialOptions());
    private static readonly RequestHead Head = Requests.Get("/article/some-long-title-17.html?page=2&utm_source=x", "Accept: text/html", "Cookie: _ga=1; sid=2; lang=de", "Authorization: Bearer 1");
    private static readonly ResponseHead Response = Requests.Answer("Cache-Control: max-age=0, private", "Vary: Accept-Encoding", "Content-Type: text/html", "Set-Cookie: a=b");

    [Test]
    public void Keys_principals_and_decisions()
    {
        Assert.That(Allocated(() => PageKey.Of(Head)), Is.Zero);
        Assert.That(Allocated(() => TemplateKey.Of(Head)), Is.Zero);
        Assert.That(Allocated(() => Rules.Identify(Head)), Is.Zero);
        Assert.That(Allocated(() => Rules.PublicBasesOnly(Head)), Is.Zero);
        Assert.That(Allocated(() => SharingPolicy.Decide(Head, Principal.Anonymous, Response, Rules)), Is.Zero);
    }

    [Test]
    public void Lookups()
    {
        using var store = new VersionStore(new VersionStoreOptions { CapacityBytes = 1 << 20 });
        VersionName name = default;
        for (int i = 0; i < 20; i++)
        {
            Version version = Bodies.Version(1000, i);
            store.Put(version, Requests.Use($"/article/{i % 10}"));
            name = version.Name;
            version.Release();
        }

        VersionUse known = Requests.Use("/article/1");
        VersionUse unknown = Requests.Use("/article/100");
        var offers = new Version[3];
        Assert.That(Allocated(() => Offer(store, known, offers)), Is.Zero);
        Assert.That(Allocated(() => Offer(store, unknown, offers)), Is.Zero);
        Assert.That(Allocated(() => Pin(store, name, known)), Is.Zero);
        Assert.That(Allocated(() => store.Snapshot()), Is.Zero);
    }

    [Test]
    public void The_check_of_the_target_so_far()
    {
        using var builder = new VersionBuilder(100_000);
        byte[] piece = new byte[16];
        ulong sum = 0;
        builder.Append(piece);
        Assert.That(
            Allocated(() =>
            {
                builder.Append(piece);
                sum += builder.Check;
            }),
            Is.Zero);
        Assert.That(sum, Is.Not.Zero);
    }

    private static long Allocated(Action action)
    {
        for (int i = 0; i < 100; i++)
        {
            action();
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
        {
            action();
        }

        return (GC.GetAllocatedBytesForCurrentThread() - before) / 100;
    }

    private static void Offer(VersionStore store, VersionUse use, Version[] offers)
    {
        int count = store.FindOffers(use, false, offers);
        for (int i = 0; i < count; i++)
        {
            offers[i].Release();
        }
    }

    private static void Pin(VersionStore store, VersionName name, VersionUse use)
    {
        if (store.TryPin(name, use, false, out Version? version))
        {
            version!.Release();
        }
    }
}
