using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Railgun.Protocol.Versions;

/// <summary>
/// SHA-256 of bytes as they come. The hashers behind it hold native state and are kept for reuse, <see cref="MaxKept"/> at most.
/// </summary>
internal sealed class RunningHash : IDisposable
{
    private const int MaxKept = 256;

    private static readonly ConcurrentBag<IncrementalHash> Kept = [];

    private IncrementalHash? _hash = Kept.TryTake(out IncrementalHash? kept) ? kept : IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>Appends bytes.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        ObjectDisposedException.ThrowIf(_hash is null, this);
        _hash.AppendData(bytes);
    }

    /// <summary>The name of what was appended so far; more may follow.</summary>
    public VersionName Current()
    {
        ObjectDisposedException.ThrowIf(_hash is null, this);
        Span<byte> digest = stackalloc byte[VersionName.Size];
        _hash.GetCurrentHash(digest);
        return new VersionName(digest);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        IncrementalHash? hash = Interlocked.Exchange(ref _hash, null);
        if (hash is null)
        {
            return;
        }

        if (Kept.Count >= MaxKept)
        {
            hash.Dispose();
            return;
        }

        Span<byte> unused = stackalloc byte[VersionName.Size];
        hash.GetHashAndReset(unused);
        Kept.Add(hash);
    }
}
