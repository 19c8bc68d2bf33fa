using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Railgun.Protocol.Deltas.Matching;

namespace Railgun.Protocol.Deltas;

/// <summary>How a decoder carries out a copy that it has checked.</summary>
internal static class CopyRules
{
    /// <summary>Appends what a sound copy reads.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Carry(in Command copy, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, History history)
    {
        history.Reserve(copy.Length);
        ReadOnlySpan<byte> source = copy.Source == CopySource.First ? first : copy.Source == CopySource.Second ? second : history.Bytes.AsSpan(0, history.End);
        int from = copy.Source == CopySource.Target ? history.End - copy.Address : copy.Address;
        int size = Vector256<byte>.Count;
        if (copy.Length <= size && from <= source.Length - size)
        {
            // Most copies are short: a whole vector is written, there is slack behind the history's end.
            Vector256<byte> bytes = Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(source), (nuint)from);
            bytes.StoreUnsafe(ref MemoryMarshal.GetArrayDataReference(history.Bytes), (nuint)history.End);
        }
        else if (copy.Source == CopySource.Target)
        {
            Repeat(history.Bytes, history.End, copy.Address, copy.Length);
        }
        else
        {
            source.Slice(from, copy.Length).CopyTo(history.Bytes.AsSpan(history.End));
        }

        history.End += copy.Length;
    }

    /// <summary>A copy from the past may overlap what it writes: then it repeats; each round doubles what there is to copy.</summary>
    private static void Repeat(byte[] bytes, int end, int back, int length)
    {
        int from = end - back;
        while (length > 0)
        {
            int count = Math.Min(length, end - from);
            bytes.AsSpan(from, count).CopyTo(bytes.AsSpan(end));
            end += count;
            length -= count;
        }
    }
}
