namespace Railgun.Protocol.Deltas.Signatures;

/// <summary>
/// Decodes targets that were coded against the signature of a version, one at a time, a whole segment a call. Safe on any input. Reusable, not thread-safe: pool it.
/// Its memory is bounded: a segment's known text, <see cref="RecentText.DenseWindow"/> and what is kept to slide it, at most as much again, and a delta decoder.
/// </summary>
internal sealed class SignatureDecoder : IDisposable
{
    private readonly KnownText _known = new();
    private readonly RecentText _recent = new();
    private readonly DeltaDecoder _decoder = new();
    private ReadOnlyMemory<byte> _version;
    private DeltaLevel _level;
    private long _left;

    /// <summary>Begins a target.</summary>
    /// <param name="level">The level that it was coded at.</param>
    /// <param name="version">The version; must stay as it is until the decoding is over.</param>
    /// <param name="shape">The shape of the signature that was made of it.</param>
    /// <param name="maxTarget">The most bytes that the target may have.</param>
    public void Start(DeltaLevel level, ReadOnlyMemory<byte> version, SignatureShape shape, long maxTarget)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(shape.Length, version.Length, nameof(shape));
        _version = version;
        _level = level;
        _left = maxTarget;
        _known.Start(shape);
        _recent.Start(level);
    }

    /// <summary>Lets go of the version.</summary>
    public void Stop()
    {
        _version = default;
        _known.Clear();
        _recent.Start(DeltaLevel.Fast);
        _decoder.Start(DeltaLevel.Fast, ReadOnlyMemory<byte>.Empty, default, 0);
    }

    /// <summary>Decodes a segment.</summary>
    /// <param name="coded">All its coded bytes.</param>
    /// <param name="output">Gets its target.</param>
    /// <param name="written">How many bytes that is.</param>
    /// <returns>False if the bytes break a rule, or stand for more than there is room for. The decoder is of no more use then until it is started again.</returns>
    public bool TryDecode(ReadOnlySpan<byte> coded, Span<byte> output, out int written)
    {
        written = 0;
        if (!_known.TryRead(ref coded, _version.Span))
        {
            return false;
        }

        _decoder.Start(_level, _known.Text, _recent.Text, Math.Min(_left, DeltaLimits.MaxSegmentTarget));
        DeltaStatus status = _decoder.Decode(coded, out int consumed, output, out written);
        if (status != DeltaStatus.End || consumed != coded.Length)
        {
            return false;
        }

        _left -= written;
        _recent.Append(output[..written]);
        return true;
    }

    /// <summary>Gives its memory back.</summary>
    public void Dispose()
    {
        _known.Dispose();
        _recent.Dispose();
        _decoder.Dispose();
    }
}
