using Railgun.Protocol.Versions;

namespace Railgun.Protocol.Tests.Versions;

internal sealed class VersionNameTests
{
    [Test]
    public void The_name_of_a_body_is_its_SHA256()
    {
        // FIPS 180-4 example: "abc".
        VersionName name = VersionName.Of("abc"u8);
        Span<byte> bytes = stackalloc byte[VersionName.Size];
        name.CopyTo(bytes);
        Assert.That(Convert.ToHexStringLower(bytes), Is.EqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
        Assert.That(name.Check, Is.EqualTo(0xba7816bf8f01cfeaUL));
    }
}
