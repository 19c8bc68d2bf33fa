using System.Buffers;

namespace Railgun.Protocol.Versions;

/// <summary>
/// The target as it grows: hashed once while it streams, and kept as long as it is short enough to become a version. Not thread-safe.
/// The first <see cref="NativeBody.PagesFrom"/> bytes are gathered in a pooled buffer; a longer body is written where it stays.
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
    /// <param name="maxLength">The longest body to keep, in bytes; 0 only hashes.</param>
    /// <param name="budget">What all builders together may keep; null for no such bound.</param>
    public VersionBuilder(int maxLength, ByteBudget? budget = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maxLength);
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
    /// Ends the target and hands its memory to a version, on which the caller holds the one reference; null if it was not kept or is empty.
    /// The builder then only has its <see cref="Name"/> and <see cref="Length"/>.
    /// </summary>
    public Version? Complete()
    {
        VersionName name = Name;
        if (!Keeping || Length == 0)
        {
            Drop();
            return null;
        }

        NativeBody body = _large ?? NativeBody.Copy(_small.AsSpan(0, (int)Length));
        _large = null;
        body.Trim();
        Drop();
        return new Version(name, body);
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

        if (_large is null && length < NativeBody.PagesFrom)
        {
            _small ??= ArrayPool<byte>.Shared.Rent(NativeBody.PagesFrom);
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

        // Address space is taken for the longest body, memory only for what comes. Where there are no pages to be had, the heap doubles.
        NativeBody larger = NativeBody.TryReserve(_maxLength)
            ?? NativeBody.FromHeap((int)Math.Min(_maxLength, Math.Max(2L * length, 2L * NativeBody.PagesFrom)));
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
