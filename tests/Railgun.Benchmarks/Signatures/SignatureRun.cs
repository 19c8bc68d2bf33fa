using System.Buffers;
using System.Diagnostics;
using Railgun.Benchmarks.Deltas;
using Railgun.Protocol.Deltas;
using Railgun.Protocol.Deltas.Signatures;
using ZstdSharp;

namespace Railgun.Benchmarks.Signatures;

/// <summary>Signs, encodes, decodes and checks one pair after the other, with the memory of the last one.</summary>
internal sealed class SignatureRun(DeltaLevel level) : IDisposable
{
    private static readonly SignatureSeed Seed = SignatureSeed.Derive("benchmark"u8);

    private readonly SignatureEncoder _encoder = new();
    private readonly SignatureDecoder _decoder = new();
    private readonly ArrayBufferWriter<byte> _output = new();
    private readonly List<int> _ends = [];
    private readonly byte[] _room = new byte[DeltaLimits.MaxSegmentTarget];

    /// <summary>Measures a pair; each time is the best of some rounds.</summary>
    /// <exception cref="InvalidOperationException">The target did not come out.</exception>
    public SignatureResult Measure(Pair pair, int rounds)
    {
        var result = new SignatureResult(pair);
        for (int round = 0; round < rounds; round++)
        {
            MeasureOnce(pair, result);
        }

        return result;
    }

    public void Dispose()
    {
        _encoder.Dispose();
        _decoder.Dispose();
    }

    private void MeasureOnce(Pair pair, SignatureResult result)
    {
        if (pair.Base.Length < SignatureShape.MinLength)
        {
            Plain(pair, result);
            return;
        }

        long start = Stopwatch.GetTimestamp();
        byte[] signature = SignatureWriter.Write(pair.Base, Seed);
        result.Sign = Math.Min(result.Sign, Stopwatch.GetTimestamp() - start);
        result.Signature = signature.Length;
        start = Stopwatch.GetTimestamp();
        Encode(BlockSignature.Read(signature)!, pair.Target);
        result.Encode = Math.Min(result.Encode, Stopwatch.GetTimestamp() - start);
        result.Delta = _output.WrittenCount;
        start = Stopwatch.GetTimestamp();
        bool right = IsDecoded(pair);
        result.Decode = Math.Min(result.Decode, Stopwatch.GetTimestamp() - start);
        if (!right)
        {
            throw new InvalidOperationException($"{pair.Family}/{pair.Name} did not come out right.");
        }
    }

    // Too short for a signature: it goes as any first body does.
    private void Plain(Pair pair, SignatureResult result)
    {
        using var zstd = new Compressor(5);
        long start = Stopwatch.GetTimestamp();
        result.Delta = zstd.Wrap(pair.Target).Length;
        result.Encode = Math.Min(result.Encode, Stopwatch.GetTimestamp() - start);
        (result.Sign, result.Decode) = (0, 0);
    }

    private void Encode(BlockSignature signature, byte[] target)
    {
        _output.ResetWrittenCount();
        _ends.Clear();
        _encoder.Start(signature, Seed, level);
        for (int at = 0; at < target.Length; at += DeltaLimits.MaxSegmentTarget)
        {
            int length = Math.Min(DeltaLimits.MaxSegmentTarget, target.Length - at);
            _encoder.EncodeSegment(target.AsSpan(at, length), at + length == target.Length, _output);
            _ends.Add(_output.WrittenCount);
        }
    }

    private bool IsDecoded(Pair pair)
    {
        _decoder.Start(level, pair.Base, SignatureShape.Of(pair.Base.Length), pair.Target.Length);
        int begin = 0;
        int at = 0;
        foreach (int end in _ends)
        {
            if (!_decoder.TryDecode(_output.WrittenSpan[begin..end], _room, out int written) || !pair.Target.AsSpan(at, written).SequenceEqual(_room.AsSpan(0, written)))
            {
                return false;
            }

            (begin, at) = (end, at + written);
        }

        return at == pair.Target.Length;
    }
}
