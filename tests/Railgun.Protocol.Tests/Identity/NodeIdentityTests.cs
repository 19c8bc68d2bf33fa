using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Railgun.Protocol.Identity;

namespace Railgun.Protocol.Tests.Identity;

internal sealed class NodeIdentityTests
{
    private ScratchDirectory _scratch = null!;

    [SetUp]
    public void MakeScratch() => _scratch = new ScratchDirectory();

    [TearDown]
    public void RemoveScratch() => _scratch.Dispose();

    [Test]
    public void The_first_start_makes_an_identity_and_later_ones_keep_it()
    {
        using NodeIdentity first = Load();
        using NodeIdentity second = Load();
        Assert.That(first.IsNew, Is.True);
        Assert.That(second.IsNew, Is.False);
        Assert.That(second.Fingerprint, Is.EqualTo(first.Fingerprint));
        Assert.That(second.Certificate.RawData, Is.EqualTo(first.Certificate.RawData));
        Assert.That(second.Certificate.HasPrivateKey, Is.True);
    }

    [Test]
    public void The_fingerprint_is_the_SHA256_of_the_public_key_info()
    {
        using NodeIdentity identity = Load();
        using ECDsa key = identity.Certificate.GetECDsaPublicKey()!;
        Assert.That(identity.Fingerprint, Is.EqualTo(new Fingerprint(SHA256.HashData(key.ExportSubjectPublicKeyInfo()))));
        Assert.That(key.ExportParameters(false).Curve.Oid.Value, Is.EqualTo(ECCurve.NamedCurves.nistP256.Oid.Value));
    }

    [Test]
    public void The_certificate_serves_both_roles_and_lasts()
    {
        using NodeIdentity identity = Load();
        var usages = identity.Certificate.Extensions.OfType<X509EnhancedKeyUsageExtension>().Single().EnhancedKeyUsages.Cast<Oid>().Select(usage => usage.Value);
        Assert.That(usages, Is.EquivalentTo(new[] { "1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2" }));
        Assert.That(identity.Certificate.NotBefore, Is.LessThan(TimeProvider.System.GetLocalNow().DateTime));
        Assert.That(identity.Certificate.NotAfter, Is.GreaterThan(TimeProvider.System.GetLocalNow().DateTime.AddYears(90)));
    }

    [Test]
    [UnsupportedOSPlatform("windows")]
    [Platform(Exclude = "Win")]
    public void The_file_is_for_its_owner_only_and_nothing_else_is_left()
    {
        using (Load())
        {
            Assert.That(File.GetUnixFileMode(_scratch[NodeIdentity.FileName]), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
            Assert.That(Directory.GetFiles(_scratch.Path, "*.tmp"), Is.Empty);
        }
    }

    [Test]
    [UnsupportedOSPlatform("windows")]
    [Platform(Exclude = "Win")]
    public void A_key_that_others_can_read_is_refused_with_the_remedy()
    {
        Load().Dispose();
        File.SetUnixFileMode(_scratch[NodeIdentity.FileName], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        Assert.That(Load, Throws.TypeOf<IdentityException>().With.Message.Contains("chmod 600"));
    }

    [TestCase("")]
    [TestCase("no PEM at all")]
    [TestCase("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")]
    public void A_broken_file_is_refused_and_left_as_it_is(string content)
    {
        StateFile.Replace(_scratch[NodeIdentity.FileName], System.Text.Encoding.ASCII.GetBytes(content));
        Assert.That(Load, Throws.TypeOf<IdentityException>().With.Message.Contains("remove it"));
        Assert.That(File.ReadAllText(_scratch[NodeIdentity.FileName]), Is.EqualTo(content));
    }

    [Test]
    public void A_state_directory_that_cannot_be_made_is_named()
    {
        File.WriteAllText(_scratch["file"], "");
        Assert.That(
            () => NodeIdentity.LoadOrCreate(_scratch["file"], "edge", TimeProvider.System),
            Throws.TypeOf<IdentityException>().With.Message.Contains("--state"));
    }

    [Test]
    public void Two_starts_at_once_agree()
    {
        var seen = new Fingerprint[8];
        Parallel.For(0, seen.Length, i =>
        {
            using NodeIdentity identity = Load();
            seen[i] = identity.Fingerprint;
        });
        Assert.That(seen.Distinct().ToArray(), Has.Length.EqualTo(1));
    }

    private NodeIdentity Load() => NodeIdentity.LoadOrCreate(_scratch.Path, "edge", TimeProvider.System);
}
