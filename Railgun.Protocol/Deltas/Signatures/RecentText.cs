using System.Buffers;

namespace Railgun.Protocol.Deltas.Signatures;

/// <summary>The end of the target so far: what segments behind it may copy from.</summary>
internal sealed class RecentText : IDisposable
{
    /// <summary>How much of it, in bytes.</summary>
    public const int Window = 256 * 1024;

    private byte[] _bytes = [];
    private int _end;

    /// <summary>The last <see cref="Window"/> bytes, or all while there are fewer. Valid until the next call.</summary>
    public ReadOnlyMemory<byte> Text => _bytes.AsMemory(Math.Max(0, _end - Window), Math.Min(_end, Window));

    /// <summary>Forgets the target.</summary>
    public void Clear() => _end = 0;

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
