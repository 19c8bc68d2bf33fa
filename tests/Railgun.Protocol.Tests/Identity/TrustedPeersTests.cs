using System.Runtime.Versioning;
using Microsoft.Extensions.Time.Testing;
using Railgun.Protocol.Identity;

namespace Railgun.Protocol.Tests.Identity;

internal sealed class TrustedPeersTests
{
    private static readonly Fingerprint One = Key(1);
    private static readonly Fingerprint Two = Key(2);
    private ScratchDirectory _scratch = null!;

    [SetUp]
    public void MakeScratch() => _scratch = new ScratchDirectory();

    [TearDown]
    public void RemoveScratch() => _scratch.Dispose();

    [Test]
    public void Nobody_is_trusted_where_there_is_no_file()
    {
        Assert.That(Peers().TryFind(One, out _), Is.False);
        Assert.That(Peers().All, Is.Empty);
    }

    [Test]
    public void A_peer_added_elsewhere_is_trusted_at_the_next_question()
    {
        TrustedPeers daemon = Peers();
        Assert.That(daemon.TryFind(One, out _), Is.False);
        Assert.That(Peers().Add(One, "shop"), Is.EqualTo(TrustResult.Added));
        Assert.That(daemon.TryFind(One, out TrustedPeer? peer), Is.True);
        Assert.That(peer!.Name, Is.EqualTo("shop"));
        Assert.That(daemon.TryFind("shop", out _), Is.True);
    }

    [Test]
    public void A_peer_removed_elsewhere_is_not_trusted_at_the_next_question()
    {
        TrustedPeers daemon = Peers();
        daemon.Add(One, "shop");
        Assert.That(Peers().Remove("shop"), Is.True);
        Assert.That(daemon.TryFind(One, out _), Is.False);
        Assert.That(Peers().Remove("shop"), Is.False);
    }

    [Test]
    public void Adding_says_what_stands_in_the_way()
    {
        TrustedPeers peers = Peers();
        Assert.That(peers.Add(One, "shop"), Is.EqualTo(TrustResult.Added));
        Assert.That(peers.Add(One, "shop"), Is.EqualTo(TrustResult.AlreadyTrusted));
        Assert.That(peers.Add(Two, "shop"), Is.EqualTo(TrustResult.NameTaken));
        Assert.That(peers.Add(One, "blog"), Is.EqualTo(TrustResult.FingerprintTaken));
        Assert.That(() => peers.Add(Two, "Not A Name"), Throws.ArgumentException);
        Assert.That(peers.All, Is.EqualTo(new[] { new TrustedPeer("shop", One) }));
    }

    [Test]
    public void A_file_that_would_be_too_long_to_be_read_again_is_not_written()
    {
        TrustedPeers peers = Peers();
        peers.Add(One, "shop");
        string filled = File.ReadAllText(peers.Path);
        filled = $"#{new string('-', PeerList.MaxFileBytes - filled.Length - 2)}\n{filled}";
        File.WriteAllText(peers.Path, filled);
        Assert.That(() => peers.Add(Two, "blog"), Throws.InstanceOf<IOException>());
        Assert.That(File.ReadAllText(peers.Path), Is.EqualTo(filled));
        Assert.That(Peers().TryFind(One, out _), Is.True);
    }

    [Test]
    public void What_the_operator_wrote_stays()
    {
        File.WriteAllText(_scratch[TrustedPeers.FileName], $"# mine\nblog {Two} # kept");
        TrustedPeers peers = Peers();
        peers.Add(One, "shop");
        peers.Remove("shop");
        Assert.That(File.ReadAllText(peers.Path), Is.EqualTo($"# mine\nblog {Two} # kept\n"));
    }

    [Test]
    [UnsupportedOSPlatform("windows")]
    [Platform(Exclude = "Win")]
    public void The_file_is_for_its_owner_only()
    {
        TrustedPeers peers = Peers();
        peers.Add(One, "shop");
        Assert.That(File.GetUnixFileMode(peers.Path), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    [Test]
    public void The_watch_raises_what_was_added_removed_and_renamed()
    {
        var time = new FakeTimeProvider();
        TrustedPeers daemon = Peers();
        var changes = new List<TrustedPeersChange>();
        daemon.Changed += changes.Add;
        Peers().Add(One, "shop");
        using IDisposable watch = daemon.Watch(time, TimeSpan.FromSeconds(1));
        File.WriteAllText(daemon.Path, $"store {One}\nblog {Two}\noops\n");
        Assert.That(changes, Has.Count.EqualTo(1));

        time.Advance(TimeSpan.FromSeconds(1));
        time.Advance(TimeSpan.FromSeconds(1));

        Assert.That(changes, Has.Count.EqualTo(2), "the second look saw nothing new");
        Assert.That(changes[0].Added, Is.EqualTo(new[] { new TrustedPeer("shop", One) }));
        Assert.That(changes[1].Added, Is.EqualTo(new[] { new TrustedPeer("store", One), new TrustedPeer("blog", Two) }));
        Assert.That(changes[1].Removed, Is.EqualTo(new[] { new TrustedPeer("shop", One) }));
        Assert.That(changes[1].Problems, Has.Count.EqualTo(1));
    }

    [Test]
    public void A_file_that_cannot_be_read_for_once_cuts_nobody_off()
    {
        TrustedPeers daemon = Peers();
        daemon.Add(One, "shop");
        var changes = new List<TrustedPeersChange>();
        daemon.Changed += changes.Add;
        File.Delete(daemon.Path);
        Directory.CreateDirectory(daemon.Path);

        Assert.That(daemon.TryFind(One, out _), Is.True);
        Assert.That(daemon.TryFind(One, out _), Is.True);

        Assert.That(changes, Has.Count.EqualTo(1), "one word an outage");
        Assert.That(changes[0].Problems, Has.Count.EqualTo(1));
        Assert.That(changes[0].Removed, Is.Empty);
    }

    [Test]
    public void A_file_that_is_too_long_is_not_read()
    {
        File.WriteAllBytes(_scratch[TrustedPeers.FileName], new byte[PeerList.MaxFileBytes + 1]);
        TrustedPeersChange? change = null;
        TrustedPeers daemon = Peers();
        daemon.Changed += seen => change = seen;
        Assert.That(daemon.All, Is.Empty);
        Assert.That(change!.Problems.Single(), Does.Contain($"{PeerList.MaxFileBytes}"));
    }

    [TestCase(0, true)]
    [TestCase(1, false)]
    public void A_file_that_grows_is_read_up_to_its_limit_and_beyond_it_the_list_stays_as_it_was(int beyond, bool read)
    {
        TrustedPeers daemon = Peers();
        daemon.Add(One, "shop");
        TrustedPeersChange? change = null;
        daemon.Changed += seen => change = seen;
        string lines = $"blog {Two}\n";
        File.WriteAllText(daemon.Path, $"{lines}#{new string('-', PeerList.MaxFileBytes - lines.Length - 1 + beyond)}");
        Assert.That(daemon.TryFind(Two, out _), Is.EqualTo(read));
        Assert.That(daemon.TryFind(One, out _), Is.EqualTo(!read));
        Assert.That(change!.Problems, Has.Count.EqualTo(beyond));
    }

    [Test]
    public void Many_processes_may_add_at_once()
    {
        Parallel.For(1, 17, i => Assert.That(Peers().Add(Key((byte)i), $"peer-{i}"), Is.EqualTo(TrustResult.Added)));
        Assert.That(Peers().All, Has.Count.EqualTo(16));
    }

    private TrustedPeers Peers() => TrustedPeers.In(_scratch.Path);

    private static Fingerprint Key(byte first)
    {
        byte[] bytes = new byte[Fingerprint.Size];
        bytes[0] = first;
        return new Fingerprint(bytes);
    }
}
