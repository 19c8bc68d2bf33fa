using Railgun.Protocol.Frames;

namespace Railgun.Protocol.Tests.Frames;

internal sealed class FrameReaderTests
{
    [Test]
    public void A_read_beyond_the_end_fails_for_good()
    {
        var reader = new FrameReader([1, 2]);
        reader.Bytes(3);
        Assert.That(reader.Failed, Is.True);
        Assert.That((reader.Byte(), reader.Varint(), reader.Text(10), reader.AtEnd), Is.EqualTo(((byte)0, 0UL, "", false)));
    }

    [Test]
    public void A_number_above_its_bound_fails()
    {
        var within = new FrameReader([5]);
        Assert.That((within.Varint(5), within.AtEnd), Is.EqualTo((5UL, true)));
        var beyond = new FrameReader([6]);
        beyond.Varint(5);
        Assert.That(beyond.Failed, Is.True);
    }

    [Test]
    public void A_text_longer_than_its_bound_or_than_the_payload_fails()
    {
        Assert.That(Read("03 616263", 3), Is.EqualTo("abc"));
        Assert.That(Read("03 616263", 2), Is.Null);
        Assert.That(Read("04 616263", 9), Is.Null);
        Assert.That(Read("00", 0), Is.Empty);
    }

    [Test]
    public void The_rest_as_text_keeps_its_bound()
    {
        var within = new FrameReader("abc"u8);
        Assert.That(within.RestAsText(3), Is.EqualTo("abc"));
        var beyond = new FrameReader("abc"u8);
        beyond.RestAsText(2);
        Assert.That(beyond.Failed, Is.True);
    }

    [Test]
    public void Text_is_cut_at_a_whole_character()
    {
        Assert.That(Bytes.ToHex(Bytes.Of(b => TextField.Write(b, "aé", 3))), Is.EqualTo("0361c3a9"));
        Assert.That(Bytes.ToHex(Bytes.Of(b => TextField.Write(b, "aé", 2))), Is.EqualTo("0161"));
        Assert.That(Bytes.ToHex(Bytes.Of(b => TextField.Write(b, "a😀", 4))), Is.EqualTo("0161"));
    }

    private static string? Read(string hex, int max)
    {
        var reader = new FrameReader(Bytes.FromHex(hex));
        string text = reader.Text(max);
        return reader.Failed ? null : text;
    }
}
