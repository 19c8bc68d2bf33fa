using System.Buffers;
using Railgun.Protocol.Deltas;
using Railgun.Protocol.Versions;
using ZstdSharp;

namespace Railgun.Listener.Tests.Support;

/// <summary>Codes bodies as a sender would.</summary>
internal static class Coded
{
    /// <summary>A delta of one segment.</summary>
    public static byte[] Delta(byte[] against, byte[] target, DeltaLevel level = DeltaLevel.Dense)
    {
        using BaseIndex index = BaseIndex.Build(against);
        using var encoder = new DeltaEncoder();
        encoder.Start(level, new DeltaBase(against, index));
        var output = new ArrayBufferWriter<byte>();
        encoder.EncodeSegment(target, last: true, output);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>Deltas of several segments, each of at most <paramref name="size"/> bytes of target.</summary>
    public static IEnumerable<(byte[] Bytes, int Length, ulong Check)> Deltas(byte[] against, byte[] target, int size)
    {
        using BaseIndex index = BaseIndex.Build(against);
        using var encoder = new DeltaEncoder();
        encoder.Start(DeltaLevel.Dense, new DeltaBase(against, index));
        for (int at = 0; at < target.Length; at += size)
        {
            int length = Math.Min(size, target.Length - at);
            var output = new ArrayBufferWriter<byte>();
            encoder.EncodeSegment(target.AsSpan(at, length), at + length == target.Length, output);
            yield return (output.WrittenSpan.ToArray(), length, VersionName.Of(target.AsSpan(0, at + length)).Check);
        }
    }

    /// <summary>Segments of one zstd frame.</summary>
    public static IEnumerable<(byte[] Bytes, int Length, ulong Check)> Zstd(byte[] target, int size)
    {
        using var compressor = new Compressor();
        for (int at = 0; at < target.Length; at += size)
        {
            int length = Math.Min(size, target.Length - at);
            byte[] output = new byte[(length * 2) + 1024];
            compressor.WrapStream(target.AsSpan(at, length), output, out int consumed, out int written, isFinalBlock: false);
            Assert.That(consumed, Is.EqualTo(length));
            compressor.FlushStream(output.AsSpan(written), out int flushed, at + length == target.Length);
            yield return (output[..(written + flushed)], length, VersionName.Of(target.AsSpan(0, at + length)).Check);
        }
    }

    /// <summary>The check of a whole body.</summary>
    public static ulong Check(byte[] target) => VersionName.Of(target).Check;
}
