using Railgun.Protocol.Deltas;
using Railgun.Protocol.Deltas.Dense;

namespace Railgun.Benchmarks.Deltas;

/// <summary>Ours, at one level, with the base's index prepared.</summary>
internal sealed class OurDelta(DeltaLevel level) : IContender
{
    private readonly DeltaEncoder _encoder = new();
    private readonly DeltaDecoder _decoder = new();
    private readonly ArrayOutput _output = new();
    private BaseIndex? _index;
    private BasePlaces? _places;

    /// <inheritdoc/>
    public string Name => level == DeltaLevel.Fast ? "ours-fast" : "ours-dense";

    /// <inheritdoc/>
    public void Prepare(byte[] before)
    {
        _index?.Dispose();
        _places?.Dispose();
        _index = BaseIndex.Build(before);
        _places = level == DeltaLevel.Dense ? new BasePlaces(before) : null;
        MakePlaces(_places);
    }

    private static unsafe void MakePlaces(BasePlaces? places) => _ = places is null ? null : places.Table();

    /// <inheritdoc/>
    public int Encode(byte[] before, byte[] target, byte[] coded)
    {
        _output.Start(coded);
        _encoder.Start(level, new DeltaBase(before, _index, _places));
        int at = 0;
        do
        {
            int length = Math.Min(DeltaLimits.MaxSegmentTarget, target.Length - at);
            _encoder.EncodeSegment(target.AsSpan(at, length), at + length == target.Length, _output);
            at += length;
        }
        while (at < target.Length);
        return _output.Count;
    }

    /// <inheritdoc/>
    public int Decode(byte[] before, ReadOnlySpan<byte> coded, byte[] target)
    {
        _decoder.Start(level, before, default, target.Length);
        int at = 0;
        DeltaStatus status;
        do
        {
            status = _decoder.Decode(coded, out int consumed, target.AsSpan(at), out int written);
            coded = coded[consumed..];
            at += written;
        }
        while (status == DeltaStatus.SegmentEnd);
        return status == DeltaStatus.End ? at : -1;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _index?.Dispose();
        _places?.Dispose();
        _encoder.Dispose();
        _decoder.Dispose();
    }
}
