namespace Railgun.Listener.Rebuilding;

/// <summary>Decodes the coded bytes of one body, segment by segment. Not thread-safe; goes back to <see cref="DecoderPool"/>.</summary>
internal interface ISegmentDecoder : IDisposable
{
    /// <summary>Decodes the next coded bytes, all of them.</summary>
    /// <param name="coded">The bytes, of any length.</param>
    /// <param name="endsSegment">Whether the segment ends behind them: then all that it stands for must come out.</param>
    /// <param name="output">Where the target goes. The caller leaves room for the longest segment and a little more.</param>
    /// <param name="written">Bytes put into <paramref name="output"/>.</param>
    /// <returns>False if the bytes can't be decoded, or stand for more than there is room for. The decoder is of no more use then.</returns>
    bool TryDecode(ReadOnlySpan<byte> coded, bool endsSegment, Span<byte> output, out int written);
}
