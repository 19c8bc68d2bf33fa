using System.Buffers;
using Railgun.Protocol.Deltas;
using Railgun.Protocol.Deltas.Signatures;

namespace Railgun.Protocol.Tests.Deltas.Signatures;

/// <summary>Signs, encodes and decodes whole targets, for tests.</summary>
internal static class SignedCoding
{
    /// <summary>The seed of all tests that have no other.</summary>
    public static SignatureSeed Seed { get; } = SignatureSeed.Derive([.. Enumerable.Range(0, 48).Select(i => (byte)i)]);

    /// <summary>The signature of a version, as a sender has read it.</summary>
    public static BlockSignature Sign(byte[] version, SignatureSeed? seed = null) => BlockSignature.Read(SignatureWriter.Write(version, seed ?? Seed))!;

    /// <summary>The coded segments of a target, in pieces of these lengths (then of the greatest).</summary>
    public static List<byte[]> Encode(DeltaLevel level, BlockSignature signature, byte[] target, params int[] pieces)
    {
        using var encoder = new SignatureEncoder();
        return EncodeWith(encoder, level, signature, target, pieces);
    }

    /// <summary>Likewise, by an encoder that may have been used before.</summary>
    public static List<byte[]> EncodeWith(SignatureEncoder encoder, DeltaLevel level, BlockSignature signature, byte[] target, params int[] pieces)
    {
        encoder.Start(signature, Seed, level);
        List<byte[]> segments = [];
        foreach ((int at, int length) in Pieces(target.Length, pieces))
        {
            var output = new ArrayBufferWriter<byte>();
            encoder.EncodeSegment(target.AsSpan(at, length), at + length == target.Length, output);
            segments.Add(output.WrittenSpan.ToArray());
        }

        return segments;
    }

    /// <summary>The target, or null if a segment does not decode.</summary>
    public static byte[]? Decode(DeltaLevel level, byte[] version, IEnumerable<byte[]> segments, long max = long.MaxValue)
    {
        using var decoder = new SignatureDecoder();
        decoder.Start(level, version, SignatureShape.Of(version.Length), max);
        var target = new List<byte>();
        byte[] room = new byte[DeltaLimits.MaxSegmentTarget + 1];
        foreach (byte[] segment in segments.Where(segment => segment.Length > 0))
        {
            if (!decoder.TryDecode(segment, room, out int written))
            {
                return null;
            }

            target.AddRange(room.AsSpan(0, written));
        }

        return [.. target];
    }

    private static IEnumerable<(int At, int Length)> Pieces(int length, int[] pieces)
    {
        int at = 0;
        for (int i = 0; at < length; i++)
        {
            int piece = Math.Min(i < pieces.Length ? pieces[i] : DeltaLimits.MaxSegmentTarget, length - at);
            yield return (at, piece);
            at += piece;
        }
    }
}
