using System.Buffers;
using Railgun.Protocol.Deltas;

namespace Railgun.Protocol.Tests.Deltas;

/// <summary>Encodes and decodes whole targets, for tests.</summary>
internal static class Coding
{
    /// <summary>The coded bytes of <paramref name="target"/>, with an index of each base, cut into segments of these lengths (then of the greatest).</summary>
    public static byte[] Encode(DeltaLevel level, byte[] first, byte[] target, byte[]? second = null, IEnumerable<int>? segments = null)
    {
        using var encoder = new DeltaEncoder();
        return EncodeWith(encoder, level, first, target, second, segments);
    }

    /// <summary>Likewise, by an encoder that may have been used before.</summary>
    public static byte[] EncodeWith(DeltaEncoder encoder, DeltaLevel level, byte[] first, byte[] target, byte[]? second = null, IEnumerable<int>? segments = null)
    {
        using var firstIndex = BaseIndex.Build(first);
        using BaseIndex? secondIndex = second is null ? null : BaseIndex.Build(second);
        encoder.Start(level, new DeltaBase(first, firstIndex), new DeltaBase(second ?? default(ReadOnlyMemory<byte>), secondIndex));
        var output = new ArrayBufferWriter<byte>();
        int at = 0;
        foreach (int wanted in segments ?? [])
        {
            if (target.Length - at > wanted)
            {
                encoder.EncodeSegment(target.AsSpan(at, wanted), false, output);
                at += wanted;
            }
        }

        while (target.Length - at > DeltaLimits.MaxSegmentTarget)
        {
            encoder.EncodeSegment(target.AsSpan(at, DeltaLimits.MaxSegmentTarget), false, output);
            at += DeltaLimits.MaxSegmentTarget;
        }

        encoder.EncodeSegment(target.AsSpan(at), true, output);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>Decodes, giving at most <paramref name="inStep"/> coded bytes and room for <paramref name="outStep"/> at a time; says how it ended.</summary>
    public static DeltaStatus Decode(
        DeltaLevel level, byte[] first, byte[]? second, byte[] coded, out byte[] target, long max = long.MaxValue, int inStep = int.MaxValue, int outStep = 65536)
    {
        using var decoder = new DeltaDecoder();
        return DecodeWith(decoder, level, first, second, coded, out target, max, inStep, outStep);
    }

    /// <summary>Likewise, by a decoder that may have been used before.</summary>
    public static DeltaStatus DecodeWith(
        DeltaDecoder decoder,
        DeltaLevel level,
        byte[] first,
        byte[]? second,
        byte[] coded,
        out byte[] target,
        long max = long.MaxValue,
        int inStep = int.MaxValue,
        int outStep = 65536)
    {
        decoder.Start(level, first, second, max);
        var all = new ArrayBufferWriter<byte>();
        int at = 0;
        while (true)
        {
            int give = Math.Min(inStep, coded.Length - at);
            DeltaStatus status = decoder.Decode(coded.AsSpan(at, give), out int consumed, all.GetSpan(outStep)[..outStep], out int written);
            all.Advance(written);
            at += consumed;
            bool stuck = status == DeltaStatus.NeedCoded && at == coded.Length;
            if (stuck || status is DeltaStatus.End or DeltaStatus.Invalid or DeltaStatus.LimitExceeded)
            {
                target = all.WrittenSpan.ToArray();
                return status;
            }
        }
    }
}
