using System.Runtime.InteropServices;

namespace Railgun.Protocol.Deltas.Fast;

/// <summary>Arrays that the collector never moves: they can be read by address for as long as they live.</summary>
internal static unsafe class Pinned
{
    /// <summary>A copy of <paramref name="items"/>.</summary>
    public static T[] Copy<T>(ReadOnlySpan<T> items)
        where T : unmanaged
    {
        T[] copy = GC.AllocateUninitializedArray<T>(items.Length, pinned: true);
        items.CopyTo(copy);
        return copy;
    }

    /// <summary>Where the items of a pinned array are.</summary>
    public static T* AddressOf<T>(T[] items)
        where T : unmanaged => (T*)Marshal.UnsafeAddrOfPinnedArrayElement(items, 0);
}
