using System.Buffers;

namespace Railgun.Listener.Clients.Compression;

/// <summary>What a compressor says when it can't go on: out of memory, or a fault of its own. Its input can't be wrong.</summary>
internal static class CompressorFailure
{
    /// <summary>Breaks the response off if it has failed.</summary>
    /// <exception cref="InvalidOperationException">It has.</exception>
    public static void ThrowIf(OperationStatus status, string compressor)
    {
        if (status == OperationStatus.InvalidData)
        {
            throw new InvalidOperationException($"The {compressor} compressor failed.");
        }
    }
}
