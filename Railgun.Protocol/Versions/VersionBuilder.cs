using System.Buffers;
using Railgun.Protocol.Engine;

namespace Railgun.Protocol.Versions;

/// <summary>
/// The target as it grows: hashed once while it streams, and kept as long as it is short enough to become a version. Not thread-safe.
/// The first <see cref="PageBlocks.Smallest"/> bytes are gathered in a pooled array, what is longer in a <see cref="NativeBody"/>.
/// </summary>
internal sealed class VersionBuilder : IDisposable
{
    private const int BudgetStep = 64 * 1024;

    private readonly RunningHash _hash = new();
    private readonly ByteBudget? _budget;
    private readonly int _maxLength;
    private byte[]? _small;
    private NativeBody? _large;
    private VersionName _name;
    private long _named = -1;
    private int _budgeted;

    /// <summary>Begins an empty target.</summary>
    /// <param name="maxLength">The longest body to keep, in bytes, at most <see cref="Limits.MaxVersion"/>; 0 only hashes.</param>
    /// <param name="budget">What all builders together may keep; null for no such bound.</param>
    public VersionBuilder(int maxLength, ByteBudget? budget = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maxLength);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(maxLength, Limits.MaxVersion);
        _maxLength = maxLength;
        _budget = budget;
        Keeping = maxLength > 0;
    }

    /// <summary>Bytes appended so far.</summary>
    public long Length { get; private set; }

    /// <summary>Whether the bytes are kept: false once there are too many of them, or no budget is left. From then on they are only hashed.</summary>
    public bool Keeping { get; private set; }

    /// <summary>The proof of the target so far: the first 8 bytes, big-endian, of its SHA-256. The running hash goes on undisturbed.</summary>
    public ulong Check => Name.Check;

    /// <summary>The name that a version of the bytes so far would have.</summary>
    public VersionName Name
    {
        get
        {
            if (_named != Length)
            {
                _name = _hash.Current();
                _named = Length;
            }

            return _name;
        }
    }

    /// <summary>The target so far while <see cref="Keeping"/>, else nothing. Valid until the next call that changes the builder.</summary>
    public ReadOnlyMemory<byte> Written =>
        !Keeping ? default
        : _large is not null ? _large.Memory
        : _small.AsMemory(0, (int)Length);

    /// <summary>Appends the next bytes of the target.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        _hash.Append(bytes);
        if (Keeping && !TryKeep(bytes))
        {
            Drop();
        }

        Length += bytes.Length;
    }

    /// <summary>
    /// Takes the memory for a target of up to <paramref name="length"/> bytes now; false if it may not be kept. From then on, up to that length, it is <see cref="Keeping"/>, and the bytes of
    /// <see cref="Written"/> stay where they are until it ends.
    /// </summary>
    public bool TryReserve(int length)
    {
        if (!Keeping || length > _maxLength || !TryBudget(length))
        {
            return false;
        }

        MakeRoom(Math.Max(length, (int)Length));
        return true;
    }

    /// <summary>
    /// Ends the target and makes it a version, on which the caller holds the one reference; null if it was not kept or is empty.
    /// After it the builder only tells <see cref="Name"/>, <see cref="Check"/> and <see cref="Length"/>.
    /// </summary>
    public Version? Complete()
    {
        if (_named != Length)
        {
            _name = _hash.Finish();
            _named = Length;
        }

        Version? version = null;
        if (Keeping && Length > 0)
        {
            NativeBody body = _large?.Whole() ?? NativeBody.Copy(_small.AsSpan(0, (int)Length));
            _large = null;
            version = new Version(_name, body);
        }

        Drop();
        return version;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Drop();
        _hash.Dispose();
    }

    private bool TryKeep(ReadOnlySpan<byte> bytes)
    {
        long length = Length + bytes.Length;
        if (length > _maxLength || !TryBudget((int)length))
        {
            return false;
        }

        if (_large is null && length < PageBlocks.Smallest)
        {
            _small ??= ArrayPool<byte>.Shared.Rent(PageBlocks.Smallest);
            bytes.CopyTo(_small.AsSpan((int)Length));
            return true;
        }

        MakeRoom((int)length);
        _large!.Append(bytes);
        return true;
    }

    private bool TryBudget(int length)
    {
        if (_budget is null || length <= _budgeted)
        {
            return true;
        }

        int step = (length - _budgeted + BudgetStep - 1) / BudgetStep * BudgetStep;
        if (!_budget.TryTake(step))
        {
            return false;
        }

        _budgeted += step;
        return true;
    }

    private void MakeRoom(int length)
    {
        if (_large is not null && length - _large.Length <= _large.Room)
        {
            return;
        }

        // A region has room for the longest body, so this comes once. Where there are no regions the heap's blocks double.
        NativeBody larger = NativeBody.Growing((int)Math.Min(_maxLength, Math.Max(2L * length, 2L * PageBlocks.Smallest)));
        larger.Append(_large is not null ? _large.GetSpan() : _small.AsSpan(0, (int)Length));
        ReleaseMemory();
        _large = larger;
    }

    private void Drop()
    {
        Keeping = false;
        ReleaseMemory();
        _budget?.Return(_budgeted);
        _budgeted = 0;
    }

    private void ReleaseMemory()
    {
        _large?.Free();
        _large = null;
        if (_small is not null)
        {
            ArrayPool<byte>.Shared.Return(_small);
            _small = null;
        }
    }
}
