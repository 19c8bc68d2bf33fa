using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Railgun.Protocol.Deltas.Fast;

/// <summary>
/// The other side of <see cref="BitWriter"/>, as steps on variables of the caller's, which so stay in registers. Either there is the place of the next bit, and each time it is
/// looked there: that needs one register. Or there are the bits from the next one on, which is the highest, how many these are, and where more are: then what is taken waits for
/// shifts only, as what is read is known long before. Behind the payload there are zeros, so any bytes decode to something.
/// </summary>
internal static unsafe class BitReading
{
    /// <summary>Zeros that must stand behind the payload, in bytes: a look at its end sees eight of them, a look at the head of streams there ten.</summary>
    public const int Slack = 16;

    /// <summary>So many bits can be taken of what <see cref="Look"/> or <see cref="Fill"/> gives.</summary>
    public const int Filled = 56;

    /// <summary>The bits from <paramref name="bit"/> on; that is at most the payload's end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Look(byte* payload, ulong bit) =>
        BinaryPrimitives.ReverseEndianness(Unsafe.ReadUnaligned<ulong>(payload + (bit >> 3))) << (int)(bit & 7);

    /// <summary>Begins to take bits from <paramref name="bit"/> on: fills and takes what is before.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Begin(byte* payload, ulong bit, byte* last, out byte* next, out ulong bits, out int count)
    {
        next = payload + (bit >> 3);
        bits = 0;
        count = 0;
        Fill(last, ref next, ref bits, ref count);
        Take((uint)bit & 7, ref bits, ref count);
    }

    /// <summary>Sees to it that there are <see cref="Filled"/> bits; the payload ends at <paramref name="last"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Fill(byte* last, ref byte* next, ref ulong bits, ref int count)
    {
        bits |= BinaryPrimitives.ReverseEndianness(Unsafe.ReadUnaligned<ulong>(next < last ? next : last)) >> count;
        next += (63 - count) >> 3;
        count |= Filled;
    }

    /// <summary>Takes as many bits as an entry of a <see cref="CodeTable"/> says.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Take(uint entry, ref ulong bits, ref int count)
    {
        bits <<= (int)entry;
        count -= (int)CodeTable.SizeOf(entry);
    }

    /// <summary>The place of the next bit; it may lie behind the end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong PlaceOf(byte* payload, byte* next, int count) => ((ulong)(next - payload) << 3) - (ulong)count;
}
