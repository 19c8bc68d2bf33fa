using System.Buffers;

namespace Railgun.TestKit;

/// <summary>Gives exactly the room that is asked for, with bytes behind it that must stay as they are.</summary>
public sealed class GuardedWriter : IBufferWriter<byte>
{
    private const int Guard = 1024;
    private const byte Mark = 0xA5;

    private byte[] _buffer = new byte[Guard];
    private int _room;
    private int _written;

    /// <summary>What was written.</summary>
    public ReadOnlySpan<byte> Written => _buffer.AsSpan(0, _written);

    /// <summary>Whether nothing was written behind the room that was given last.</summary>
    public bool IsWhole => _written <= _room && _buffer.AsSpan(_room, Guard).IndexOfAnyExcept(Mark) < 0;

    /// <summary>Begins anew, with the memory that is there.</summary>
    public void Clear()
    {
        _room = _written = 0;
        _buffer.AsSpan(0, Guard).Fill(Mark);
    }

    /// <inheritdoc/>
    public void Advance(int count) => _written += count;

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        _room = _written + sizeHint;
        if (_buffer.Length < _room + Guard)
        {
            Array.Resize(ref _buffer, Math.Max(_room + Guard, 2 * _buffer.Length));
        }

        _buffer.AsSpan(_room, Guard).Fill(Mark);
        return _buffer.AsMemory(_written, sizeHint);
    }

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;
}
