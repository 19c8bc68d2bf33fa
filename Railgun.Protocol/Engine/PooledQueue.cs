using System.Buffers;
using System.Runtime.CompilerServices;

namespace Railgun.Protocol.Engine;

/// <summary>A queue whose memory is pooled and given back whenever it is empty, so that a stream that waits holds none and a short one allocates nothing.</summary>
internal struct PooledQueue<T>
{
    private const int Least = 8;

    private T[]? _items;
    private int _first;

    /// <summary>How many items wait.</summary>
    public int Count { get; private set; }

    /// <summary>The item that was put in first; there must be one.</summary>
    public readonly ref T First => ref _items![_first];

    /// <summary>The item that was put in last; there must be one.</summary>
    public readonly ref T Last => ref _items![(_first + Count - 1) & (_items.Length - 1)];

    /// <summary>Puts an item in.</summary>
    public void Enqueue(in T item)
    {
        if (_items is null || Count == _items.Length)
        {
            Grow();
        }

        _items![(_first + Count++) & (_items.Length - 1)] = item;
    }

    /// <summary>Takes the first item out.</summary>
    public bool TryDequeue(out T item)
    {
        if (Count == 0)
        {
            item = default!;
            return false;
        }

        ref T slot = ref _items![_first];
        item = slot;
        slot = default!;
        _first = (_first + 1) & (_items.Length - 1);
        if (--Count == 0)
        {
            ArrayPool<T>.Shared.Return(_items);
            (_items, _first) = (null, 0);
        }

        return true;
    }

    // Lengths are powers of two: so the pool gives them out, and so places are found without a division.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Grow()
    {
        T[] larger = ArrayPool<T>.Shared.Rent(Math.Max(Least, Count * 2));
        for (int i = 0; i < Count; i++)
        {
            larger[i] = _items![(_first + i) & (_items.Length - 1)];
        }

        if (_items is not null)
        {
            ArrayPool<T>.Shared.Return(_items, clearArray: RuntimeHelpers.IsReferenceOrContainsReferences<T>());
        }

        (_items, _first) = (larger, 0);
    }
}
