using Railgun.Protocol.Engine;
using Railgun.Protocol.Frames;

namespace Railgun.Protocol.Tests.Frames;

internal sealed class HelloFrameTests
{
    private const string Fixed = "5247554e 01 01 01 000102030405060708090a0b0c0d0e0f 1011121314151617 00";

    [Test]
    public void All_fields_come_back()
    {
        Hello sent = new()
        {
            Role = LinkRole.Sender,
            MinVersion = 1,
            MaxVersion = 70,
            Instance = new Guid("00112233-4455-6677-8899-aabbccddeeff"),
            Epoch = ulong.MaxValue,
            Software = "railgun-sender/0.1.0",
            StreamWindow = Hello.MinWindow,
            LaneWindow = Hello.MaxWindow,
            MaxStreams = 7,
            Codecs = 0b11001,
            HeadTable = 0,
        };
        Hello? read = Read(Bytes.Of(b => HelloFrame.WriteFields(b, sent)));
        Assert.That(read, Is.Not.Null);
        Assert.That((read!.Role, read.MinVersion, read.MaxVersion, read.Instance, read.Epoch), Is.EqualTo((sent.Role, 1u, 70u, sent.Instance, sent.Epoch)));
        Assert.That(
            (read.Software, read.StreamWindow, read.LaneWindow, read.MaxStreams, read.Codecs, read.HeadTable),
            Is.EqualTo((sent.Software, sent.StreamWindow, sent.LaneWindow, 7, 0b11001u, 0)));
    }

    [Test]
    public void Missing_settings_have_their_defaults()
    {
        Hello? read = Read(Bytes.FromHex(Fixed));
        Assert.That((read?.StreamWindow, read?.LaneWindow, read?.MaxStreams, read?.Codecs, read?.HeadTable), Is.EqualTo((1 << 20, 4 << 20, 1024, 1u, 65536)));
    }

    [Test]
    public void Each_cut_before_the_settings_is_malformed()
    {
        byte[] whole = Bytes.FromHex(Fixed);
        for (int length = 0; length < whole.Length; length++)
        {
            Assert.That(Read(whole[..length]), Is.Null, $"{length} bytes");
        }
    }

    [TestCase(0, 0x53, TestName = "Another magic")]
    [TestCase(4, 0x00, TestName = "Role 0")]
    [TestCase(4, 0x03, TestName = "Role 3")]
    [TestCase(5, 0x02, TestName = "The oldest version above the newest")]
    [TestCase(31, 0x01, TestName = "A text longer than the hello")]
    public void Is_malformed(int at, int value)
    {
        byte[] bytes = Bytes.FromHex(Fixed);
        bytes[at] = (byte)value;
        Assert.That(Read(bytes), Is.Null);
    }

    [Test]
    public void A_longer_text_than_64_bytes_is_malformed()
    {
        byte[] front = Bytes.FromHex(Fixed)[..^1];
        Assert.That(Read([.. front, .. Bytes.FromHex("4040"), .. new byte[64]]), Is.Not.Null);
        Assert.That(Read([.. front, .. Bytes.FromHex("4041"), .. new byte[65]]), Is.Null);
    }

    [TestCase("01 80004000", true, TestName = "The smallest stream window")]
    [TestCase("01 7fff", false, TestName = "A stream window too small by one")]
    [TestCase("01 c000000040000000", true, TestName = "The largest stream window")]
    [TestCase("01 c000000040000001", false, TestName = "A stream window too large by one")]
    [TestCase("02 80004000", true, TestName = "The smallest lane window")]
    [TestCase("02 7fff", false, TestName = "A lane window too small by one")]
    [TestCase("02 c000000040000001", false, TestName = "A lane window too large by one")]
    [TestCase("03 01", true, TestName = "One stream")]
    [TestCase("03 00", false, TestName = "No stream at all")]
    [TestCase("03 c000000080000000", false, TestName = "More streams than any number here")]
    [TestCase("04 01", true, TestName = "Identity only")]
    [TestCase("04 00", false, TestName = "No codec at all")]
    [TestCase("04 c000000100000000", false, TestName = "More codecs than 32")]
    [TestCase("05 00", true, TestName = "No head table")]
    [TestCase("05 80010000", true, TestName = "The largest head table")]
    [TestCase("05 80010001", false, TestName = "A head table too large by one")]
    [TestCase("05 00 05 00", false, TestName = "A known setting twice")]
    [TestCase("00 01 06 02 4040 00 06 02", true, TestName = "Unknown settings, even twice")]
    [TestCase("06", false, TestName = "A setting without its value")]
    public void A_setting_is_taken_or_not(string settings, bool taken) => Assert.That(Read(Bytes.FromHex(Fixed + settings)), taken ? Is.Not.Null : Is.Null);

    [Test]
    public void Sixty_four_settings_are_read_and_one_more_is_refused()
    {
        Assert.That(Read([.. Bytes.FromHex(Fixed), .. Enumerable.Repeat((byte)0x20, 128)]), Is.Not.Null);
        Assert.That(Read([.. Bytes.FromHex(Fixed), .. Enumerable.Repeat((byte)0x20, 130)]), Is.Null);
    }

    [Test]
    public void More_streams_than_a_lane_has_are_read_as_that_many() =>
        Assert.That(Read(Bytes.FromHex(Fixed + "03 bfffffff"))?.MaxStreams, Is.EqualTo(Limits.MaxStreams));

    [Test]
    public void Identity_is_always_among_the_codecs() => Assert.That(Read(Bytes.FromHex(Fixed + "04 08"))?.Codecs, Is.EqualTo(0b1001u));

    [TestCase(HelloStatus.UnknownPeer)]
    [TestCase(HelloStatus.Version)]
    [TestCase(HelloStatus.Role)]
    [TestCase(HelloStatus.Unavailable)]
    [TestCase(HelloStatus.Malformed)]
    [TestCase((HelloStatus)200)]
    public void A_refusal_has_a_text_and_no_fields(HelloStatus status)
    {
        byte[] payload = [(byte)status, 2, (byte)'n', (byte)'o'];
        Assert.That(HelloAnswerFrame.TryRead(payload, out HelloStatus read, out string text, out Hello? hello), Is.True);
        Assert.That((read, text, hello), Is.EqualTo((status, "no", (Hello?)null)));
        Assert.That(HelloAnswerFrame.TryRead([.. payload, 0], out _, out _, out _), Is.False);
        Assert.That(HelloAnswerFrame.TryRead(payload.AsSpan(..^1), out _, out _, out _), Is.False);
    }

    [TestCase(0, true)]
    [TestCase(1, false)]
    public void A_refusals_text_has_a_longest_length(int beyond, bool taken)
    {
        int length = HelloAnswerFrame.MaxText + beyond;
        byte[] payload = [(byte)HelloStatus.Unavailable, (byte)(0x40 | (length >> 8)), (byte)length, .. Enumerable.Repeat((byte)'n', length)];
        Assert.That(HelloAnswerFrame.TryRead(payload, out _, out string text, out _), Is.EqualTo(taken));
        Assert.That(!taken || text.Length == HelloAnswerFrame.MaxText, Is.True);
    }

    [Test]
    public void An_acceptance_without_fields_is_malformed() => Assert.That(HelloAnswerFrame.TryRead([0, 0], out _, out _, out _), Is.False);

    private static Hello? Read(byte[] payload)
    {
        var reader = new FrameReader(payload);
        return HelloFrame.ReadFields(ref reader);
    }
}
