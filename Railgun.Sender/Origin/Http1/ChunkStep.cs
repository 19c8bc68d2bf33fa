namespace Railgun.Sender.Origin.Http1;

/// <summary>What a chunked body needs next.</summary>
internal enum ChunkStep
{
    /// <summary>More bytes of the frame.</summary>
    More,

    /// <summary>Data of a chunk: to be taken, at most <see cref="ChunkedReader.Remaining"/> bytes.</summary>
    Data,

    /// <summary>The last chunk has come: the trailer section follows.</summary>
    Trailers,

    /// <summary>What came is no chunk; <see cref="ChunkedReader.Problem"/> says why.</summary>
    Refused,
}
