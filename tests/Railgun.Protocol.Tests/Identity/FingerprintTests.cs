using Railgun.Protocol.Identity;

namespace Railgun.Protocol.Tests.Identity;

internal sealed class FingerprintTests
{
    private const string Text = "SHA256:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwd_v8";
    private static readonly byte[] Bytes = [.. Enumerable.Range(0, 30).Select(i => (byte)i), 0xFE, 0xFF];

    [Test]
    public void The_text_form_is_SHA256_and_43_characters_of_base64url()
    {
        Assert.That(new Fingerprint(Bytes).ToString(), Is.EqualTo(Text));
    }

    [TestCase(Text)]
    [TestCase("  " + Text + "\n")]
    [TestCase("sha256:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwd_v8")]
    [TestCase("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwd/v8=")]
    [TestCase("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1dfeff")]
    [TestCase("00:01:02:03:04:05:06:07:08:09:0A:0B:0C:0D:0E:0F:10:11:12:13:14:15:16:17:18:19:1A:1B:1C:1D:FE:FF")]
    public void Every_common_spelling_is_read(string text)
    {
        Assert.That(Fingerprint.TryParse(text, out Fingerprint read), Is.True);
        Assert.That(read, Is.EqualTo(new Fingerprint(Bytes)));
    }

    [TestCase(null)]
    [TestCase("")]
    [TestCase("SHA256:")]
    [TestCase("SHA256:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwd_v", Description = "one character short")]
    [TestCase("SHA256:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwd_v8A", Description = "one too many")]
    [TestCase("SHA256:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwd_v9", Description = "bits that say nothing are set")]
    [TestCase("SHA256:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGx d_v8")]
    [TestCase("SHA256:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxéd_v8")]
    [TestCase("SHA512:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwd_v8")]
    [TestCase("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1dfefg")]
    [TestCase("00:01:02:03:04:05:06:07:08:09:0A:0B:0C:0D:0E:0F:10:11:12:13:14:15:16:17:18:19:1A:1B:1C:1D:FEFF:")]
    [TestCase("SHA256:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", Description = "nobody")]
    public void Anything_else_is_not_a_fingerprint(string? text)
    {
        Assert.That(Fingerprint.TryParse(text, out Fingerprint read), Is.False);
        Assert.That(read.IsDefault, Is.True);
    }

    [Test]
    public void A_text_with_any_character_missing_is_not_a_fingerprint()
    {
        for (int i = Fingerprint.Prefix.Length; i < Text.Length; i++)
        {
            Assert.That(Fingerprint.TryParse(Text.Remove(i, 1), out _), Is.False, $"without character {i}");
        }
    }

    [Test]
    public void Bytes_come_back_as_they_went_in()
    {
        Span<byte> copy = stackalloc byte[Fingerprint.Size];
        new Fingerprint(Bytes).CopyTo(copy);
        Assert.That(copy.ToArray(), Is.EqualTo(Bytes));
        Assert.That(() => new Fingerprint(new byte[31]), Throws.ArgumentException);
    }
}
