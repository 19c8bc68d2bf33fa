using System.Buffers;

namespace Railgun.Protocol.Deltas.Signatures;

/// <summary>The end of the target so far: what segments behind it may copy from.</summary>
internal sealed class RecentText : IDisposable
{
    /// <summary>How much of it, in bytes, at the fast level, and where the dense one has gone over to that: its index is made anew for each segment.</summary>
    public const int FastWindow = 256 * 1024;

    /// <summary>Likewise, at the dense level.</summary>
    public const int DenseWindow = 1024 * 1024;

    private byte[] _bytes = [];
    private int _window;
    private int _end;

    /// <summary>The end of the target, or all while it is shorter than the level's window. Valid until the next call.</summary>
    public ReadOnlyMemory<byte> Text => _bytes.AsMemory(Math.Max(0, _end - _window), Math.Min(_end, _window));

    /// <summary>Begins a target.</summary>
    public void Start(DeltaLevel level)
    {
        _window = level == DeltaLevel.Dense ? DenseWindow : FastWindow;
        _end = 0;
        if (_bytes.Length > 2 * FastWindow)
        {
            Dispose();
        }
    }

    /// <summary>Appends a segment's target.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        if (_bytes.Length < _end + bytes.Length)
        {
            ReadOnlyMemory<byte> recent = Text;
            byte[] target = recent.Length + bytes.Length <= _bytes.Length / 2
                ? _bytes
                : ArrayPool<byte>.Shared.Rent(2 * (recent.Length + bytes.Length));
            recent.Span.CopyTo(target);
            int length = recent.Length;
            if (target != _bytes)
            {
                Dispose();
                _bytes = target;
            }

            _end = length;
        }

        bytes.CopyTo(_bytes.AsSpan(_end));
        _end += bytes.Length;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_bytes.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
            _bytes = [];
        }

        _end = 0;
    }
}
