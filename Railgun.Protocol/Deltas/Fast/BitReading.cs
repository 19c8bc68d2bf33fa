using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Railgun.Protocol.Deltas.Fast;

/// <summary>
/// The other side of <see cref="BitWriter"/>, as steps on two variables of the caller's, which so stay in registers: the place of the next bit to be
/// looked at, and the bits from some place on, the next one highest. Behind the payload there are zeros, so any bytes decode to something.
/// </summary>
internal static unsafe class BitReading
{
    /// <summary>Zeros that must stand behind the payload, in bytes: a look at its end sees eight of them, a look at the head of streams there ten.</summary>
    public const int Slack = 16;

    /// <summary>So many bits can be taken of what <see cref="Look"/> gives.</summary>
    public const int Filled = 57;

    /// <summary>The bits from <paramref name="bit"/> on; that is at most the payload's end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Look(byte* payload, ulong bit) =>
        BinaryPrimitives.ReverseEndianness(Unsafe.ReadUnaligned<ulong>(payload + (bit >> 3))) << (int)(bit & 7);
}
