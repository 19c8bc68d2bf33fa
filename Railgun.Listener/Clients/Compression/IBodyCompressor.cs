namespace Railgun.Listener.Clients.Compression;

/// <summary>Compresses one body, piece by piece. Its owner disposes it, also after a body that was broken off.</summary>
internal interface IBodyCompressor : IDisposable
{
    /// <summary>Takes the next piece; what comes out of it now, if anything, goes to <paramref name="output"/>.</summary>
    void Write(ReadOnlySpan<byte> body, PooledOutput output);

    /// <summary>Puts out all that was taken, so that the client can decode it.</summary>
    void Flush(PooledOutput output);

    /// <summary>Ends the compressed body.</summary>
    void Finish(PooledOutput output);
}
