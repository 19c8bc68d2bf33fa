using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Railgun.Protocol.Deltas.Dense;

/// <summary>
/// Learns how far guesses can be trusted: by their kind, by the byte guessed, and by that byte together with the last two.
/// </summary>
internal sealed unsafe class GuessModel : IDisposable
{
    private const int Inputs = 3;
    private const int Groups = 8;
    private const int SmallestLog = 12;
    private const int LargestLog = 14;
    private const int Rate = 12;

    private readonly ushort* _byKind;
    private readonly ushort* _byGuess;
    private readonly int* _weights;
    private readonly ushort* _byText;
    private int _log;
    private int _room;
    private bool _disposed;

    /// <summary>Takes its memory.</summary>
    public GuessModel()
    {
        int fixedSize = (TrailKind.Count * (sizeof(ushort) + (Inputs * sizeof(int)))) + (Groups * 256 * sizeof(ushort));
        byte* memory = (byte*)NativeMemory.AlignedAlloc((nuint)(fixedSize + (sizeof(ushort) << LargestLog)), 64);
        _byText = (ushort*)memory;
        _weights = (int*)(_byText + (1 << LargestLog));
        _byGuess = (ushort*)(_weights + (TrailKind.Count * Inputs));
        _byKind = _byGuess + (Groups * 256);
    }

    /// <summary>Gives the memory back if nobody did.</summary>
    ~GuessModel() => Release();

    /// <summary>Forgets what it learnt.</summary>
    public void Clear()
    {
        _log = SmallestLog;
        _room = 1 << (SmallestLog - 1);
        new Span<ushort>(_byText, 1 << SmallestLog).Fill(SlotModel.Fresh);
        new Span<ushort>(_byGuess, Groups * 256).Fill(SlotModel.Fresh);
        for (int kind = 0; kind < TrailKind.Count; kind++)
        {
            _byKind[kind] = (ushort)((TrailKind.FirstChance(kind) << 4) | 2);
            _weights[kind * Inputs] = 50000;
            new Span<int>(_weights + (kind * Inputs) + 1, Inputs - 1).Fill(24000);
        }
    }

    /// <summary>How likely guesses of a kind are right, to compare.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Trust(int kind) => _byKind[kind];

    /// <summary>Codes whether the guess is right.</summary>
    /// <param name="coder">Where to, or where from.</param>
    /// <param name="hit">Whether it is; a decoder gives anything.</param>
    /// <param name="guess">The byte guessed.</param>
    /// <param name="kind">The <see cref="TrailKind"/> of the guess.</param>
    /// <param name="group">The <see cref="TrailKind"/>'s group.</param>
    /// <param name="recent">The bytes before, the latest lowest.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Code<TCoder>(ref TCoder coder, bool hit, int guess, int kind, int group, ulong recent)
        where TCoder : struct, IBitCoder, allows ref struct
    {
        if (--_room < 0)
        {
            Grow();
        }

        uint mask = (1u << _log) - 1;
        ushort* one = _byKind + kind;
        ushort* two = _byGuess + ((group << 8) + guess);
        ushort* three = _byText + (Hash(((uint)recent & 0xFFFF) | ((uint)guess << 16)) & mask);
        ref short stretch = ref MemoryMarshal.GetArrayDataReference(Logistic.Stretch);
        int a = Unsafe.Add(ref stretch, *one >> 4);
        int b = Unsafe.Add(ref stretch, *two >> 4);
        int c = Unsafe.Add(ref stretch, *three >> 4);
        int* weights = _weights + (kind * Inputs);
        int sum = ((a * weights[0]) + (b * weights[1]) + (c * weights[2])) >> 16;
        sum = Math.Clamp(sum, -Logistic.Limit, Logistic.Limit) + Logistic.Limit + 1;
        int chance = Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(Logistic.Squash), sum);
        int bit = coder.Code(hit ? 1 : 0, (uint)chance);
        int error = (((bit << 16) - chance) >> 4) * Rate;
        weights[0] += ((a * error) + (1 << 12)) >> 13;
        weights[1] += ((b * error) + (1 << 12)) >> 13;
        weights[2] += ((c * error) + (1 << 12)) >> 13;
        *one = SlotModel.Learn(*one, bit);
        *two = SlotModel.Learn(*two, bit);
        *three = SlotModel.Learn(*three, bit);
        return bit != 0;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Release();
        GC.SuppressFinalize(this);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Hash(uint text)
    {
        text *= 0x9E3779B1;
        return text ^ (text >> 16);
    }

    /// <summary>Doubles the table: what it has learnt stands in both halves, one more bit of the hash tells them apart from now on.</summary>
    private void Grow()
    {
        if (_log < LargestLog)
        {
            int slots = 1 << _log++;
            new Span<ushort>(_byText, slots).CopyTo(new Span<ushort>(_byText + slots, slots));
            _room = 1 << (_log - 1);
        }
        else
        {
            _room = int.MaxValue;
        }
    }

    private void Release()
    {
        if (!_disposed)
        {
            _disposed = true;
            NativeMemory.AlignedFree(_byText);
        }
    }
}
