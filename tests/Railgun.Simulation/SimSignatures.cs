using System.Buffers;
using Railgun.Protocol.Deltas;
using Railgun.Protocol.Deltas.Signatures;
using Railgun.Protocol.Engine;

namespace Railgun.Simulation;

/// <summary>Signatures as both sides make and use them: the product's own code, and now and then a listener that lies.</summary>
internal static class SimSignatures
{
    /// <summary>The signature of an offered body; empty where there is nothing to sign.</summary>
    public static OfferSignature Sign(World world, LaneEngine lane, int offer, byte[] body)
    {
        if (body.Length == 0)
        {
            return default;
        }

        byte[] signature = SignatureWriter.Write(body, lane.SignatureSeed);
        if (world.Random.NextDouble() < world.Faults.Corruptions)
        {
            signature[world.Random.Next(signature.Length)] ^= 1;
            world.Coverage.Saw("signature broken");
        }

        return new OfferSignature(offer, signature);
    }

    /// <summary>An encoder against what has come; null if it makes no sense.</summary>
    public static SignatureEncoder? Encoder(LaneEngine lane, OfferSignature signature)
    {
        if (signature.IsEmpty || BlockSignature.Read(signature.Bytes.Span) is not { } read)
        {
            return null;
        }

        var encoder = new SignatureEncoder();
        encoder.Start(read, lane.SignatureSeed, DeltaLevel.Fast);
        return encoder;
    }

    /// <summary>One coded segment.</summary>
    public static byte[] Encode(SignatureEncoder encoder, ReadOnlySpan<byte> piece, bool last)
    {
        var output = new ArrayBufferWriter<byte>();
        encoder.EncodeSegment(piece, last, output);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>A decoder against the listener's own body.</summary>
    public static SignatureDecoder Decoder(byte[] body)
    {
        var decoder = new SignatureDecoder();
        decoder.Start(DeltaLevel.Fast, body, SignatureShape.Of(body.Length), long.MaxValue);
        return decoder;
    }

    /// <summary>What a segment stands for; nothing if it does not decode.</summary>
    public static byte[] Decode(SignatureDecoder decoder, ReadOnlySpan<byte> coded)
    {
        var room = new byte[DeltaLimits.MaxSegmentTarget];
        return decoder.TryDecode(coded, room, out int written) ? room[..written] : [];
    }
}
