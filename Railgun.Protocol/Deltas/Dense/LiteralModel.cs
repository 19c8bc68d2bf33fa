using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Railgun.Protocol.Deltas.Dense;

/// <summary>
/// Learns new bytes, bit by bit: six contexts each keep a chance, a seventh follows text that was met before, and a mixer learns whom to
/// believe (DELTA_FORMAT.md, New bytes). Before it codes, it reads the base around the place of the change, so that even the first new byte is
/// no surprise.
/// </summary>
internal sealed class LiteralModel
{
    /// <summary>Contexts with a table each.</summary>
    private const int Tables = 6;

    private const int SmallestTableLog = 14;
    private const int LargestTableLog = 18;
    private const int Inputs = 8;
    private const int WeightSets = 8;
    private const int MapLog = 9;

    /// <summary>How fast the maps learn, in 1,024ths.</summary>
    private const int MapRate = 20;

    /// <summary>How fast the mixer learns.</summary>
    private const int Rate = 12;

    private ushort[] _slots = [];
    private int _tableLog;
    private readonly ushort[] _maps = new ushort[Tables << MapLog];
    private readonly int[] _weights = new int[WeightSets * Inputs];
    private readonly int[] _places = new int[Tables];

    /// <summary>Learns a byte that was not coded here: it was guessed, or read in a base.</summary>
    public void Learn(int value, ulong recent, int over)
    {
        SetPlaces(recent, over, 1);
        Train(value >> 4, 4);
        SetPlaces(recent, over, 16 + (value >> 4));
        Train(value & 15, 4);
    }

    /// <summary>The last eight bytes before <paramref name="at"/>, the latest lowest.</summary>
    public static ulong Recent(ReadOnlySpan<byte> text, int at)
    {
        ulong recent = 0;
        for (int i = Math.Max(0, at - sizeof(ulong)); i < at; i++)
        {
            recent = (recent << 8) | text[i];
        }

        return recent;
    }

    /// <summary>Codes a byte.</summary>
    /// <param name="coder">Where to, or where from.</param>
    /// <param name="value">The byte; a decoder gives 0.</param>
    /// <param name="recent">The eight bytes before it, the latest lowest.</param>
    /// <param name="over">What the base has at the expected place; 256: nothing.</param>
    public int Code<TCoder>(ref TCoder coder, int value, ulong recent, int over)
        where TCoder : struct, IBitCoder, allows ref struct
    {
        int coded = 1;
        SetPlaces(recent, over, 1);
        for (int bit = 7; bit >= 0; bit--)
        {
            if (bit == 3)
            {
                SetPlaces(recent, over, coded);
            }

            int node = bit >= 4 ? coded : (coded & ((1 << (3 - bit)) - 1)) | (1 << (3 - bit));
            coded = (coded << 1) | CodeBit(ref coder, (value >> bit) & 1, node, bit);
        }

        return coded & 255;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int CodeBit<TCoder>(ref TCoder coder, int bit, int node, int set)
        where TCoder : struct, IBitCoder, allows ref struct
    {
        ref ushort slots = ref MemoryMarshal.GetArrayDataReference(_slots);
        ref int places = ref MemoryMarshal.GetArrayDataReference(_places);
        ref short stretch = ref MemoryMarshal.GetArrayDataReference(Logistic.Stretch);
        Span<int> inputs = stackalloc int[Inputs];
        ref int input = ref MemoryMarshal.GetReference(inputs);
        Span<int> stateSpan = stackalloc int[Inputs];
        ref int states = ref MemoryMarshal.GetReference(stateSpan);
        ref ushort maps = ref MemoryMarshal.GetArrayDataReference(_maps);
        for (int i = 0; i < Tables; i++)
        {
            int slot = Unsafe.Add(ref slots, Unsafe.Add(ref places, i) + node);
            int state = (i << MapLog) + ((slot & 15) << 5) + (slot >> 11);
            Unsafe.Add(ref states, i) = state;
            Unsafe.Add(ref input, i) = (slot & 15) == 0 ? 0 : Unsafe.Add(ref stretch, Unsafe.Add(ref maps, state) >> 4);
        }

        Unsafe.Add(ref input, Tables) = 0;
        Unsafe.Add(ref input, Tables + 1) = 256;
        ref int weights = ref _weights[set * Inputs];
        Vector256<int> x = Vector256.LoadUnsafe(ref input);
        Vector256<int> w = Vector256.LoadUnsafe(ref weights);
        int sum = Vector256.Sum(x * w) >> 16;
        sum = Math.Clamp(sum, -Logistic.Limit, Logistic.Limit);
        int chance = Logistic.Squash[sum + Logistic.Limit + 1];
        bit = coder.Code(bit, (uint)Math.Clamp((chance << 4) + 8, 32, 65536 - 32));
        int error = (bit << 12) - chance;
        Vector256<int> step = ((x * Vector256.Create(error * Rate)) + Vector256.Create(1 << 13)) >> 14;
        (w + step).StoreUnsafe(ref weights);
        for (int i = 0; i < Tables; i++)
        {
            ref ushort slot = ref Unsafe.Add(ref slots, Unsafe.Add(ref places, i) + node);
            slot = SlotModel.Learn(slot, bit);
            ref ushort map = ref Unsafe.Add(ref maps, Unsafe.Add(ref states, i));
            map = (ushort)(map + ((((bit << 16) - bit - map) * MapRate) >> 10));
        }

        return bit;
    }

    private void Train(int value, int bits)
    {
        int node = 1;
        for (int at = bits - 1; at >= 0; at--)
        {
            int bit = (value >> at) & 1;
            for (int i = 0; i < Tables; i++)
            {
                ref ushort slot = ref _slots[_places[i] + node];
                slot = SlotModel.Learn(slot, bit);
            }

            node = (node << 1) | bit;
        }
    }

    /// <summary>Finds the sixteen slots of each context for one half of a byte.</summary>
    /// <param name="recent">The bytes before.</param>
    /// <param name="over">What the base has there.</param>
    /// <param name="half">1 for the high half; 16 and the high half for the low one.</param>
    private void SetPlaces(ulong recent, int over, int half)
    {
        ref int places = ref MemoryMarshal.GetArrayDataReference(_places);
        uint mark = (uint)half * 0x2F0B4C47;
        places = Place(0, ((uint)recent & 0xFF) + 0x100, mark);
        Unsafe.Add(ref places, 1) = Place(1, (uint)recent & 0xFFFF, mark);
        Unsafe.Add(ref places, 2) = Place(2, (uint)recent & 0xFFFFFF, mark);
        Unsafe.Add(ref places, 3) = Place(3, (uint)recent, mark);
        Unsafe.Add(ref places, 4) = Place(4, WordOf(recent), mark);
        Unsafe.Add(ref places, 5) = Place(5, (uint)over | (((uint)recent & 0xFF) << 9), mark);
    }

    /// <summary>A hash of the letters since the last byte that is none, at most eight.</summary>
    private static uint WordOf(ulong recent)
    {
        uint word = 0;
        while (((uint)recent & 0xFF) > 0x40)
        {
            word = (word + ((uint)recent & 0xFF)) * 0x2F0B4C47;
            recent >>= 8;
        }

        return word ^ (((uint)recent & 0xFF) << 8);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Place(int table, uint context, uint mark)
    {
        uint hash = ((context * 0x9E3779B1) ^ mark) * 0x85EBCA77;
        return (table << _tableLog) + (int)(hash >> (36 - _tableLog) << 4);
    }

    /// <summary>Forgets what it learnt; the tables are sized for bases of <paramref name="text"/> bytes.</summary>
    public void Clear(long text)
    {
        _tableLog = Math.Clamp(BitOperations.Log2((ulong)text | 1) + 2, SmallestTableLog, LargestTableLog);
        if (_slots.Length < Tables << _tableLog)
        {
            _slots = new ushort[Tables << _tableLog];
        }

        _slots.AsSpan(0, Tables << _tableLog).Fill(SlotModel.Fresh);
        for (int i = 0; i < _maps.Length; i++)
        {
            int place = Logistic.Stretch[((i & 31) << 7) + 64] * 6 / 5;
            _maps[i] = (ushort)(Logistic.Squash[Math.Clamp(place, -Logistic.Limit, Logistic.Limit) + Logistic.Limit + 1] << 4);
        }

        for (int i = 0; i < _weights.Length; i++)
        {
            _weights[i] = (i % Inputs) switch
            {
                0 or 1 or 2 or 3 or 4 or 5 => 16000,
                _ => 0,
            };
        }
    }
}
