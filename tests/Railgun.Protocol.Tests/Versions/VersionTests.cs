using Railgun.Protocol.Deltas.Dense;
using Railgun.Protocol.Deltas.Signatures;
using Railgun.Protocol.Versions;
using Version = Railgun.Protocol.Versions.Version;

namespace Railgun.Protocol.Tests.Versions;

internal sealed class VersionTests
{
    [Test]
    public void The_body_is_freed_with_the_last_reference_and_cannot_be_had_again()
    {
        long before = NativeLedger.Bytes;
        Version version = Bodies.Version(50_000, seed: 1);
        Assert.That(NativeLedger.Bytes, Is.EqualTo(before + 50_000));
        Assert.That(version.TryAcquire(), Is.True);

        version.Release();
        Assert.That(version.Body.Length, Is.EqualTo(50_000));
        version.Release();
        Assert.That(NativeLedger.Bytes, Is.EqualTo(before));
        Assert.That(version.TryAcquire(), Is.False);
        Assert.That(() => version.Body, Throws.InstanceOf<ObjectDisposedException>());
    }

    [Test]
    public void One_release_too_many_is_an_error()
    {
        Version version = Bodies.Version(10, seed: 1);
        version.Release();
        Assert.That(version.Release, Throws.InvalidOperationException);
    }

    [Test]
    public void A_stored_version_outlives_its_makers_reference()
    {
        using var store = new VersionStore(new VersionStoreOptions { CapacityBytes = 1 << 20 });
        Version version = Bodies.Version(10, seed: 1);
        store.Put(version, Requests.Use("/"));
        version.Release();
        Assert.That(version.Body.Length, Is.EqualTo(10));
        Assert.That(() => new VersionStore(new VersionStoreOptions()).Put(version, Requests.Use("/")), Throws.InvalidOperationException, "it belongs to one store");
    }

    [Test]
    public void Nobodys_versions_are_not_stored()
    {
        using var store = new VersionStore(new VersionStoreOptions { CapacityBytes = 1 << 20 });
        Version version = Bodies.Version(10, seed: 1);
        store.Put(version, Requests.Use("/", Sharing.None));
        store.Put(version, Requests.Use("/", Sharing.Principal, Principal.Anonymous));
        Assert.That(store.Snapshot().Versions, Is.Zero);
        version.Release();
    }

    [Test]
    public void A_signature_is_made_once_for_a_seed_and_counted()
    {
        using var store = new VersionStore(new VersionStoreOptions { CapacityBytes = 1 << 20 });
        Version version = Bodies.Version(20_000, seed: 1);
        store.Put(version, Requests.Use("/"));
        SignatureSeed seed = SignatureSeed.Derive([1]);
        ReadOnlyMemory<byte> signature = version.GetSignature(seed);
        Assert.That(signature.ToArray(), Is.EqualTo(SignatureWriter.Write(version.Body.Span, seed)));
        Assert.That(version.GetSignature(seed), Is.EqualTo(signature), "the very same memory");
        Assert.That(store.Snapshot().IndexBytes, Is.EqualTo(signature.Length));
        Assert.That(version.GetSignature(SignatureSeed.Derive([2])).ToArray(), Is.Not.EqualTo(signature.ToArray()));
        Assert.That(store.Snapshot().IndexBytes, Is.EqualTo(signature.Length), "the new one stands for the old");
        version.Release();
    }

    [Test]
    public void The_table_that_dense_deltas_need_is_one_for_all_and_counted()
    {
        using var store = new VersionStore(new VersionStoreOptions { CapacityBytes = 1 << 20 });
        Version version = Bodies.Version(20_000, seed: 1);
        store.Put(version, Requests.Use("/"));
        BasePlaces places = version.GetPlaces();
        Assert.That(version.GetPlaces(), Is.SameAs(places));
        Assert.That(store.Snapshot().IndexBytes, Is.EqualTo(places.MemoryBytes));
        version.Release();
    }

    [Test]
    public void The_table_is_freed_with_the_version()
    {
        Version version = Bodies.Version(20_000, seed: 1);
        BasePlaces places = version.GetPlaces();
        AssertHasTable(places);
        version.Release();
        Assert.That(() => AssertHasTable(places), Throws.TypeOf<ObjectDisposedException>());
    }

    private static unsafe void AssertHasTable(BasePlaces places) => Assert.That(places.Table() != null, Is.True);

    [Test]
    public void A_store_tells_what_it_holds_whoever_may_have_it()
    {
        using var store = new VersionStore(new VersionStoreOptions { CapacityBytes = 1 << 20 });
        Version version = Bodies.Version(100, seed: 1);
        Assert.That(store.Holds(version.Name), Is.False);
        store.Put(version, Requests.Use("/"));
        Assert.That((store.Holds(version.Name), store.Holds(default)), Is.EqualTo((true, false)));
        version.Release();
    }
}
