using Railgun.Protocol.Versions;
using Version = Railgun.Protocol.Versions.Version;

namespace Railgun.Protocol.Tests.Versions;

internal sealed class VersionStorePropertyTests
{
    private const int Steps = 1500;

    [Test]
    public void Whatever_is_put_and_asked_for_the_store_keeps_its_bounds_and_everybodys_secrets([Range(1, 20)] int seed)
    {
        long capacity = 64 * 1024 * (1 + (seed % 8));
        long pinned = seed % 3 == 0 ? 5_000 : 50_000;
        long before = NativeLedger.Bytes;
        using (var model = new StoreModel(seed, capacity, pinned))
        {
            for (int step = 0; step < Steps; step++)
            {
                model.Step();
                StoreSnapshot now = model.Snapshot;
                Assert.That(now.Bytes, Is.InRange(0, capacity), $"seed {seed}, step {step}");
                Assert.That(now.IndexBytes, Is.InRange(0, now.Bytes));
                Assert.That(now.PinnedBytes, Is.EqualTo(model.HeldBytes), $"seed {seed}, step {step}");
                Assert.That(now.PinnedBytes, Is.LessThanOrEqualTo(pinned));
                Assert.That(now.Uses, Is.GreaterThanOrEqualTo(now.Versions));
            }

            Assert.That(model.Snapshot.Evictions, Is.Positive, "the store was small enough to tell");
        }

        Assert.That(NativeLedger.Bytes, Is.EqualTo(before), "all memory is given back");
    }

    [Test]
    public void Many_threads_at_once_break_no_bound_and_no_body()
    {
        long before = NativeLedger.Bytes;
        using (var store = new VersionStore(new VersionStoreOptions { CapacityBytes = 256 * 1024 }))
        {
            Parallel.For(0, 4, new ParallelOptions { MaxDegreeOfParallelism = 4 }, worker => Hammer(store, worker));
            StoreSnapshot end = store.Snapshot();
            Assert.That(end.PinnedBytes, Is.Zero);
            Assert.That(end.BuildingBytes, Is.Zero);
            Assert.That(end.Bytes, Is.InRange(1, end.CapacityBytes));
        }

        Assert.That(NativeLedger.Bytes, Is.EqualTo(before));
    }

    private static void Hammer(VersionStore store, int worker)
    {
        var random = new Random(worker);
        var offers = new Version[3];
        for (int i = 0; i < 3000; i++)
        {
            VersionUse use = Requests.Use($"/article/{random.Next(40)}", Sharing.Public);
            int count = store.FindOffers(use, false, offers);
            using VersionBuilder builder = store.NewBuilder();
            int body = random.Next(60);
            builder.Append(Bodies.Random(100 + (body * 100), body));
            if (builder.Complete() is { } version)
            {
                store.Put(version, use);
                version.Release();
            }

            for (int k = 0; k < count; k++)
            {
                if (k == 0)
                {
                    offers[k].GetIndex();
                }

                Assert.That(VersionName.Of(offers[k].Body.Span), Is.EqualTo(offers[k].Name));
                offers[k].Release();
            }
        }
    }
}
