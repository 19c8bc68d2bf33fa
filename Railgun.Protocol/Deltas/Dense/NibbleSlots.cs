using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Railgun.Protocol.Deltas.Dense;

/// <summary>
/// Sixteen lanes that learn one nibble in one context: lanes 0 to 14 are the chances, in 32,768ths, that it is below 1 to 15; lane 15 tells
/// whose they are (12 bits: a mark and the epoch) and counts what they have seen (4 bits).
/// </summary>
internal static unsafe class NibbleSlots
{
    /// <summary>Lanes of one context.</summary>
    public const int Count = 16;

    /// <summary>Bits of an owner that tell the epoch; epoch 0 is nobody's.</summary>
    public const int EpochBits = 6;

    /// <summary>All chances together.</summary>
    public const int Whole = 32768;

    /// <summary>The least chance of a nibble.</summary>
    public const int Floor = 4;

    private const int OwnerLane = 15;
    private const int MostSeen = 15;

    private static readonly Vector256<short>[] Targets = MakeTargets();

    /// <summary>What the least chances add up to, below 1 to 15.</summary>
    public static Vector256<short> Floors
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector256.Create(4, 8, 12, 16, 20, 24, 28, 32, 36, 40, 44, 48, 52, 56, 60, 64);
    }

    /// <summary>By what has been seen: how far the chances go towards the next nibble, in 32,768ths: 10 / (10 seen + 13), but 1/14 at last.</summary>
    private static ReadOnlySpan<short> Rates =>
        [25206, 14246, 9929, 7620, 6182, 5201, 4488, 3947, 3523, 3181, 2899, 2664, 2463, 2291, 2141, 2340];

    private static Vector256<short> Fresh
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector256.Create(2048, 4096, 6144, 8192, 10240, 12288, 14336, 16384, 18432, 20480, 22528, 24576, 26624, 28672, 30720, short.MinValue);
    }

    /// <summary>Makes the slots at <paramref name="slots"/> those of <paramref name="owner"/>, fresh if they were another's.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static short* Owned(short* slots, int owner)
    {
        if ((ushort)slots[OwnerLane] >> 4 != owner)
        {
            Fresh.Store(slots);
            slots[OwnerLane] = (short)(owner << 4);
        }

        return slots;
    }

    /// <summary>How much they have seen, 0 to 15.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Seen(short* slots) => slots[OwnerLane] & 15;

    /// <summary>The chance of a nibble.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Share(short* slots, int nibble) =>
        (nibble == 15 ? Whole - 1 : slots[nibble]) - (nibble == 0 ? 0 : slots[nibble - 1]);

    /// <summary>The slots after a nibble.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Learn(short* slots, Vector256<short> chances, int nibble)
    {
        short owner = slots[OwnerLane];
        int seen = owner & 15;
        (chances + Lanes.Scale(Targets[nibble] - chances, Vector256.Create(Rates[seen]))).Store(slots);
        slots[OwnerLane] = seen < MostSeen ? (short)(owner + 1) : owner;
    }

    /// <summary>The chances, where the nibble is known not to be <paramref name="nibble"/>: that keeps the least.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<short> Without(Vector256<short> chances, int nibble)
    {
        int share = (nibble == 15 ? Whole - 1 : chances[nibble]) - (nibble == 0 ? 0 : chances[nibble - 1]) - Floor;
        int scale = (Whole << 15) / (Whole - share);
        chances -= Targets[nibble] & Vector256.Create((short)share);
        (Vector256<int> low, Vector256<int> high) = Vector256.Widen(chances);
        return Vector256.Narrow((low * scale) >> 15, (high * scale) >> 15);
    }

    private static Vector256<short>[] MakeTargets()
    {
        var targets = new Vector256<short>[16];
        for (int nibble = 0; nibble < targets.Length; nibble++)
        {
            targets[nibble] = Vector256.GreaterThanOrEqual(Vector256<short>.Indices, Vector256.Create((short)nibble)) & Vector256.Create(short.MaxValue);
        }

        return targets;
    }
}
