using Railgun.Protocol.Deltas.Signatures;
using Railgun.Protocol.Engine;
using Railgun.Protocol.Frames;
using Railgun.Protocol.Heads;
using Railgun.Protocol.Tests.Deltas.Signatures;
using Railgun.Protocol.Tests.Engine;
using Railgun.Protocol.Tests.Frames;

namespace Railgun.Protocol.Tests.WireFormat;

/// <summary>Writer and reader agree with every example of WIRE_FORMAT.md.</summary>
internal sealed class ExampleTests
{
    private static readonly Dictionary<string, Action<byte[]>> Checks = new()
    {
        ["varint"] = Varints,
        ["ping"] = bytes => Frames(bytes, b =>
        {
            PingFrame.Write(b, 0x0102030405060708, pong: false);
            PingFrame.Write(b, 0x0102030405060708, pong: true);
        }),
        ["window"] = bytes => Frames(bytes, b =>
        {
            NumberFrame.Write(b, FrameType.LaneWindow, 0, 1 << 20);
            NumberFrame.Write(b, FrameType.Window, 3, 256 << 10);
            NumberFrame.Write(b, FrameType.Window, FrameFlags.Mark, 3, 256 << 10);
        }),
        ["hello"] = bytes => Frames(bytes, b => b.Write(RawLane.Hello(DocumentedHello()))),
        ["hello-refused"] = bytes => Frames(bytes, b => HelloAnswerFrame.Write(b, HelloStatus.UnknownPeer, "not you", null)),
        ["reset"] = bytes => Frames(bytes, b => ResetFrame.Write(b, 7, Stage.Origin, ResetCode.TimedOut, "time out")),
        ["go-away"] = bytes => Frames(bytes, b => GoAwayFrame.Write(b, 9, LaneCode.Leaving, "bye")),
        ["request"] = bytes => Frames(bytes, b => b.Write(RawLane.Frame(
            FrameType.Request, FrameFlags.End, 5, Bytes.Of(p => RequestPrefix.Write(p, 0, 2, [new VersionRef(1, default)], fresh: true))))),
        ["signature"] = bytes => Frames(bytes, b =>
        {
            b.Write(RawLane.Frame(FrameType.Request, FrameFlags.Mark, 5, Bytes.Of(p => RequestPrefix.Write(p, 0, 2, [new VersionRef(1, default)], fresh: true))));
            b.Write(RawLane.Frame(FrameType.Signature, FrameFlags.None, 5, [1, .. Convert.FromHexString(SignatureTests.Example)]));
            NumberFrame.Write(b, FrameType.WantSignature, 5, 1);
        }),
        ["fresh"] = bytes => Frames(bytes, b => b.Write(RawLane.Frame(
            FrameType.Response, FrameFlags.None, 5, Bytes.Of(p => ResponsePrefix.Write(p, new BodyCoding(Codec.FreshDelta, Fresh: 1), exchange: 2))))),
        ["segment"] = Segment,
        ["rest"] = bytes => Frames(bytes, b =>
        {
            NumberFrame.Write(b, FrameType.WantRest, 3, 1, 0);
            NumberFrame.Write(b, FrameType.Rest, 3, 1, 0);
        }),
        ["head-first"] = bytes => Request(0, bytes),
        ["head-again"] = bytes => Request(1, bytes),
        ["head-other-path"] = bytes => Request(2, bytes),
        ["head-response"] = Response,
    };

    private static readonly string[] Named = [.. Checks.Keys];

    private static readonly RequestHead[] Story = [Lanes.Get(), Lanes.Get(), Lanes.Get("/news?id=7")];

    [Test]
    public void Every_example_of_the_page_is_checked() => Assert.That(WireFormatPage.Examples.Keys, Is.EquivalentTo(Checks.Keys));

    [Test]
    public void Writer_and_reader_agree_with([ValueSource(nameof(Named))] string example) => Checks[example](WireFormatPage.Examples[example]);

    private static void Varints(byte[] bytes)
    {
        ulong[] values = [37, 15_293, 494_878_333, 151_288_809_941_952_652];
        Assert.That(Bytes.ToHex(Bytes.Of(b => Array.ForEach(values, b.WriteVarint))), Is.EqualTo(Bytes.ToHex(bytes)));
        var reader = new FrameReader(bytes);
        foreach (ulong value in values)
        {
            Assert.That(reader.Varint(), Is.EqualTo(value));
        }

        Assert.That(reader.AtEnd, Is.True);
    }

    /// <summary>The writer gives these bytes, and an open lane (or one that greets) takes each frame of them, whole or byte by byte.</summary>
    private static void Frames(byte[] bytes, Action<FrameBuffer> write)
    {
        Assert.That(Bytes.ToHex(Bytes.Of(write)), Is.EqualTo(Bytes.ToHex(bytes)));
        for (int used = 0; used < bytes.Length;)
        {
            Assert.That(FrameHeader.Read(bytes.AsSpan(used), out FrameHeader header, out ReadOnlySpan<byte> payload, out int length), Is.EqualTo(FrameStatus.Done));
            Assert.That(FlagRules.Fits(header), Is.True);
            Assert.That(Reads(header, payload), Is.True, header.ToString());
            used += length;
        }
    }

    private static bool Reads(FrameHeader header, ReadOnlySpan<byte> payload)
    {
        var reader = new FrameReader(payload);
        return header.Type switch
        {
            FrameType.Hello => HelloFrame.ReadFields(ref reader)?.Software == "x",
            FrameType.HelloAnswer => HelloAnswerFrame.TryRead(payload, out HelloStatus status, out string text, out _) && (status, text) == (HelloStatus.UnknownPeer, "not you"),
            FrameType.Ping => PingFrame.TryRead(payload, out ulong opaque) && opaque == 0x0102030405060708,
            FrameType.GoAway => GoAwayFrame.TryRead(payload, out uint last, out LaneCode code, out string text) && (last, code, text) == (9u, LaneCode.Leaving, "bye"),
            FrameType.Reset => ResetFrame.TryRead(payload, out Stage stage, out ResetCode code, out string text)
                && (stage, code, text) == (Stage.Origin, ResetCode.TimedOut, "time out"),
            FrameType.LaneWindow => NumberFrame.TryRead(payload, out ulong increment) && increment == 1 << 20,
            FrameType.Window => NumberFrame.TryRead(payload, out ulong increment) && increment == 256 << 10,
            FrameType.WantRest or FrameType.Rest => NumberFrame.TryRead(payload, out ulong attempt, out ulong offset) && (attempt, offset) == (1UL, 0UL),
            FrameType.WantSignature => NumberFrame.TryRead(payload, out ulong offer) && offer == 1,
            FrameType.Signature => BlockSignature.Read(payload[1..])?.Shape.Length == 300,
            FrameType.Response => ResponsePrefix.TryRead(ref reader, out byte packed, out long distance) && (packed, distance, reader.AtEnd) == (7, 1, true),
            FrameType.Request => RequestPrefix.Read(ref reader, 0, new VersionRef[3], out ulong exchange, out bool fresh) == 1 && exchange == 2 && fresh && reader.AtEnd,
            _ => false,
        };
    }

    private static void Segment(byte[] bytes)
    {
        ulong check = Railgun.Protocol.Versions.VersionName.Of("abc"u8).Check;
        byte[] payload = [.. Bytes.Of(b => SegmentCheck.Write(b, check, 3)), .. "abc"u8];
        Assert.That(Bytes.ToHex(RawLane.Frame(FrameType.Data, FrameFlags.End | FrameFlags.Mark, 3, payload)), Is.EqualTo(Bytes.ToHex(bytes)));
        FrameHeader.Read(bytes, out _, out ReadOnlySpan<byte> read, out _);
        var reader = new FrameReader(read);
        Assert.That(SegmentCheck.TryRead(ref reader, out ulong readCheck, out int length), Is.True);
        Assert.That((readCheck, length, reader.Rest.Length), Is.EqualTo((check, 3, 3)));
    }

    /// <summary>The blocks of the story on one lane, up to the one of the example.</summary>
    private static void Request(int number, byte[] bytes)
    {
        var encoder = new HeadEncoder(FieldTable.MaxBytes);
        byte[][] blocks = [.. Story.Take(number + 1).Select(head => Bytes.Of(b => encoder.Encode(b, head)))];
        Assert.That(Bytes.ToHex(blocks[number]), Is.EqualTo(Bytes.ToHex(bytes)));
        var decoder = new HeadDecoder(FieldTable.MaxBytes);
        for (int i = 0; i < number; i++)
        {
            decoder.Decode(blocks[i], out RequestHead? _);
        }

        Assert.That(decoder.Decode(bytes, out RequestHead? head), Is.EqualTo(HeadStatus.Done));
        Assert.That(head!.Target, Is.EqualTo(Story[number].Target));
    }

    private static void Response(byte[] bytes)
    {
        ResponseHead head = Lanes.Response();
        head.Fields.Add("Date", "Sun, 06 Nov 1994 08:49:37 GMT");
        head.Fields.Add("Content-Length", "1270");
        Assert.That(Bytes.ToHex(Bytes.Of(b => new HeadEncoder(FieldTable.MaxBytes).Encode(b, head, HeadKind.Response))), Is.EqualTo(Bytes.ToHex(bytes)));
        Assert.That(new HeadDecoder(FieldTable.MaxBytes).Decode(bytes, HeadKind.Response, out ResponseHead? read), Is.EqualTo(HeadStatus.Done));
        Assert.That(read!.Fields, Is.EqualTo(head.Fields));
    }

    private static Hello DocumentedHello() => new()
    {
        Role = LinkRole.Sender,
        Instance = new Guid(Convert.FromHexString("000102030405060708090a0b0c0d0e0f"), bigEndian: true),
        Epoch = 0x1011121314151617,
        Software = "x",
        Codecs = 0x1F,
    };
}
