using System.Buffers;

namespace Railgun.Benchmarks.Deltas;

/// <summary>Writes into one array, again and again.</summary>
internal sealed class ArrayOutput : IBufferWriter<byte>
{
    private byte[] _array = [];

    /// <summary>Bytes written.</summary>
    public int Count { get; private set; }

    /// <summary>Begins at the front of <paramref name="array"/>.</summary>
    public void Start(byte[] array)
    {
        _array = array;
        Count = 0;
    }

    /// <inheritdoc/>
    public void Advance(int count) => Count += count;

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0) => _array.AsMemory(Count);

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0) => _array.AsSpan(Count);
}
