namespace Railgun.Protocol.Deltas;

/// <summary>Reads the payloads of one target's segments at one level.</summary>
internal interface ISegmentReader : IDisposable
{
    /// <summary>Begins a target, or after a stored segment; its bases are so long, 0 for none.</summary>
    void Start(int first, int second);

    /// <summary>Decodes one payload behind <paramref name="history"/>'s end, at most <paramref name="most"/> bytes.</summary>
    /// <returns><see cref="DeltaStatus.SegmentEnd"/>, <see cref="DeltaStatus.End"/>, <see cref="DeltaStatus.Invalid"/> or <see cref="DeltaStatus.LimitExceeded"/>.</returns>
    DeltaStatus Read(ReadOnlySpan<byte> payload, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, History history, long most);
}
