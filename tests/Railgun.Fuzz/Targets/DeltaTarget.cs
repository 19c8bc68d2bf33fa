using System.Buffers;
using Railgun.Protocol.Deltas;
using Railgun.TestKit;

namespace Railgun.Fuzz.Targets;

/// <summary>Coded bytes of both levels against two bases: the first byte says the level, how long an output there is, and whether there are bases.</summary>
internal sealed class DeltaTarget : IFuzzTarget
{
    private const int MaxTarget = 1 << 20;

    private readonly byte[] _first;
    private readonly byte[] _second;
    private readonly byte[] _target;
    private readonly byte[] _output = new byte[64 * 1024];
    private readonly DeltaDecoder _decoder = new();

    /// <summary>Makes the bases.</summary>
    public DeltaTarget()
    {
        var pages = new PageMaker(7);
        _first = pages.First(12);
        _second = pages.Next(3);
        _target = pages.Next(3);
    }

    /// <inheritdoc/>
    public string Name => "delta";

    /// <inheritdoc/>
    public int MaxInput => 8 * 1024;

    /// <inheritdoc/>
    public long MaxAllocated => 16 << 20;

    /// <inheritdoc/>
    public IEnumerable<byte[]> Seeds()
    {
        foreach (int how in (int[])[0, 1, 2, 3, 4, 5, 8, 13])
        {
            (DeltaLevel level, ReadOnlyMemory<byte> first, ReadOnlyMemory<byte> second, _) = Setting((byte)how);
            using var encoder = new DeltaEncoder();
            using BaseIndex one = BaseIndex.Build(first);
            using BaseIndex two = BaseIndex.Build(second);
            encoder.Start(level, new DeltaBase(first, one), new DeltaBase(second, two));
            var coded = new ArrayBufferWriter<byte>();
            coded.Write([(byte)how]);
            int half = _target.Length / 2;
            encoder.EncodeSegment(_target.AsSpan(0, half), false, coded);
            encoder.EncodeSegment(_target.AsSpan(half), true, coded);
            yield return coded.WrittenSpan.ToArray();
        }
    }

    /// <inheritdoc/>
    public void Run(byte[] input)
    {
        if (input.Length == 0)
        {
            return;
        }

        (DeltaLevel level, ReadOnlyMemory<byte> first, ReadOnlyMemory<byte> second, int room) = Setting(input[0]);
        _decoder.Start(level, first, second, MaxTarget);
        ReadOnlySpan<byte> rest = input.AsSpan(1);
        long total = 0;
        while (true)
        {
            DeltaStatus status = _decoder.Decode(rest, out int consumed, _output.AsSpan(0, room), out int written);
            rest = rest[consumed..];
            total += written;
            if (total > _decoder.Total || _decoder.Total > MaxTarget)
            {
                throw new FuzzFailureException($"{total} bytes were written, {_decoder.Total} counted");
            }

            if (status is not (DeltaStatus.OutputFull or DeltaStatus.SegmentEnd) || (consumed == 0 && written == 0 && status != DeltaStatus.SegmentEnd))
            {
                return;
            }
        }
    }

    private (DeltaLevel Level, ReadOnlyMemory<byte> First, ReadOnlyMemory<byte> Second, int Room) Setting(byte how) =>
        ((DeltaLevel)(how & 1), (how & 2) == 0 ? _first : default, (how & 4) == 0 ? default : _second, (how & 8) == 0 ? _output.Length : 1 + (how >> 4));
}
