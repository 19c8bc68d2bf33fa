using System.Security.Cryptography;

namespace Railgun.Protocol.Versions;

/// <summary>
/// SHA-256 of bytes as they come. The hashers behind it hold native state and are kept for reuse, <see cref="MaxKept"/> at most.
/// </summary>
internal sealed class RunningHash : IDisposable
{
    private const int MaxKept = 256;

    private static readonly Lock Gate = new();
    private static readonly Stack<IncrementalHash> Kept = new(MaxKept);

    private IncrementalHash? _hash = Take();
    private bool _clean = true;

    /// <summary>Appends bytes.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        ObjectDisposedException.ThrowIf(_hash is null, this);
        _hash.AppendData(bytes);
        _clean = false;
    }

    /// <summary>The name of what was appended so far; more may follow.</summary>
    public VersionName Current()
    {
        ObjectDisposedException.ThrowIf(_hash is null, this);
        Span<byte> digest = stackalloc byte[VersionName.Size];
        _hash.GetCurrentHash(digest);
        return new VersionName(digest);
    }

    /// <summary>The name of all that was appended; the next bytes begin anew. Cheaper than <see cref="Current"/>.</summary>
    public VersionName Finish()
    {
        ObjectDisposedException.ThrowIf(_hash is null, this);
        Span<byte> digest = stackalloc byte[VersionName.Size];
        _hash.GetHashAndReset(digest);
        _clean = true;
        return new VersionName(digest);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        IncrementalHash? hash = _hash;
        _hash = null;
        if (hash is null)
        {
            return;
        }

        if (!_clean)
        {
            Span<byte> unused = stackalloc byte[VersionName.Size];
            hash.GetHashAndReset(unused);
        }

        lock (Gate)
        {
            if (Kept.Count < MaxKept)
            {
                Kept.Push(hash);
                return;
            }
        }

        hash.Dispose();
    }

    private static IncrementalHash Take()
    {
        lock (Gate)
        {
            if (Kept.TryPop(out IncrementalHash? kept))
            {
                return kept;
            }
        }

        return IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    }
}
