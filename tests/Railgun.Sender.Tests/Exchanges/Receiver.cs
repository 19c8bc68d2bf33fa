using System.Security.Cryptography;
using K4os.Compression.LZ4;
using Railgun.Protocol.Deltas;
using Railgun.Protocol.Deltas.Signatures;
using Railgun.Protocol.Engine;
using Railgun.Protocol.Versions;
using ZstdSharp;

namespace Railgun.Sender.Tests.Exchanges;

/// <summary>Reads a response as a listener would: decodes each segment by itself and proves it. Independent of the sender's own coders.</summary>
internal static class Receiver
{
    /// <summary>The body; every segment's check was right.</summary>
    /// <param name="exchange">What was sent.</param>
    /// <param name="bases">The bodies offered, in the order of the offers; of a fresh delta the fresh body.</param>
    public static byte[] Read(FakeExchange exchange, params byte[][] bases)
    {
        BodyCoding coding = exchange.ResponseHead.Coding;
        using MemoryStream body = new();
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using Decompressor zstd = new();
        using DeltaDecoder delta = new();
        using SignatureDecoder signature = new();
        if (coding.Codec.IsSignature())
        {
            byte[] held = bases[coding.Base];
            signature.Start(coding.Codec.IsDense() ? DeltaLevel.Dense : DeltaLevel.Fast, held, SignatureShape.Of(held.Length), long.MaxValue);
        }
        else if (coding.Codec.HasBase())
        {
            delta.Start(
                coding.Codec.IsDense() ? DeltaLevel.Dense : DeltaLevel.Fast,
                bases[Math.Max(coding.Base, 0)],
                coding.SecondBase < 0 ? default(ReadOnlyMemory<byte>) : bases[coding.SecondBase],
                long.MaxValue);
        }

        foreach (Sent sent in exchange.Sent)
        {
            if (sent.Kind == SentKind.Data)
            {
                Assert.That(coding.Codec, Is.EqualTo(Codec.Identity));
                body.Write(sent.Bytes);
            }
            else if (sent.Kind == SentKind.Segment)
            {
                Assert.That(sent.TargetLength, Is.LessThanOrEqualTo(Limits.MaxSegmentTarget));
                byte[] target = Decode(sent, coding.Codec, zstd, delta, signature);
                body.Write(target);
                hash.AppendData(target);
                Assert.That(sent.Check, Is.EqualTo(new VersionName(hash.GetCurrentHash()).Check), "The check is that of the target so far.");
            }
        }

        return body.ToArray();
    }

    private static byte[] Decode(Sent segment, Codec codec, Decompressor zstd, DeltaDecoder delta, SignatureDecoder signature)
    {
        byte[] target = new byte[segment.TargetLength];
        switch (codec)
        {
            case Codec.Lz4:
                Assert.That(LZ4Codec.Decode(segment.Bytes, target), Is.EqualTo(target.Length));
                return target;
            case Codec.Zstd:
                zstd.UnwrapStream(segment.Bytes, target, out int consumed, out int written);
                Assert.That((consumed, written), Is.EqualTo((segment.Bytes.Length, target.Length)));
                return target;
            case Codec.SignatureDelta or Codec.DenseSignatureDelta:
                Assert.That(signature.TryDecode(segment.Bytes, target, out int decoded), Is.True);
                Assert.That(decoded, Is.EqualTo(target.Length));
                return target;
            default:
                byte[] room = new byte[target.Length + 1];
                DeltaStatus status = delta.Decode(segment.Bytes, out _, room, out int length);
                Assert.That(status, Is.EqualTo(DeltaStatus.SegmentEnd).Or.EqualTo(DeltaStatus.End));
                Assert.That(length, Is.EqualTo(target.Length));
                return room[..length];
        }
    }
}
