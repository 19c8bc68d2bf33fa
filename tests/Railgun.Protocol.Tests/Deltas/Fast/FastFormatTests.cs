using System.Text;
using Railgun.Protocol.Deltas;

namespace Railgun.Protocol.Tests.Deltas.Fast;

/// <summary>The fast level's examples of DELTA_FORMAT.md.</summary>
internal sealed class FastFormatTests
{
    private static readonly byte[] Base = "The quick brown fox jumps over the lazy dog. 2026-01-17"u8.ToArray();

    [TestCase("The quick brown fox jumps over the lazy dog. 2026-01-18", "040490EA40")]
    [TestCase("The quick red fox jumps over the lazy dog, over the lazy dog. 2026-01-17", "0A097321AE36EE597F1EFB")]
    [TestCase("", "0203F1")]
    public void Examples_are_coded_and_decoded(string target, string hex)
    {
        byte[] coded = Coding.Encode(DeltaLevel.Fast, Base, Encoding.ASCII.GetBytes(target));
        Assert.That(Convert.ToHexString(coded), Is.EqualTo(hex));
        Assert.That(Coding.Decode(DeltaLevel.Fast, Base, null, coded, out byte[] decoded), Is.EqualTo(DeltaStatus.End));
        Assert.That(Encoding.ASCII.GetString(decoded), Is.EqualTo(target));
    }
}
