using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Railgun.Protocol.Deltas.Dense;

/// <summary>
/// How much each of the four contexts of a new nibble is believed: a set of weights for each of how much they have seen, learnt from
/// how likely each context held the nibbles that came.
/// </summary>
internal sealed unsafe class ContextWeights : IDisposable
{
    private const int Contexts = 4;
    private const int Levels = 3;
    private const int PairLevels = 4;
    private const int Sets = 2 * PairLevels * Levels * Levels;

    /// <summary>What the weights of a set add up to: so much of 32,768 as the least chances of nibbles leave, less what rounding may add.</summary>
    private const int Total = NibbleSlots.Whole - (16 * NibbleSlots.Floor) - Contexts;

    /// <summary>The least weight.</summary>
    private const int Least = 64;

    /// <summary>Learning goes by 64ths, a 32nd at a time; a context that held a nibble to be more than 32 times as likely as all together did learns no more for it.</summary>
    private const int RatioLog = 6;
    private const int RateLog = 5;
    private const int MostRatio = 32 << RatioLog;

    private const int FirstOfNone = 20;
    private static readonly int[] FirstOfLast = [1, 20, 60];
    private static readonly int[] FirstOfGuess = [1, 10, 20];
    private static readonly int[] FirstOfPair = [1, 60, 100, 160];
    private static readonly short[] First = MakeFirst();

    private readonly short* _weights = (short*)NativeMemory.AlignedAlloc(Sets * Contexts * sizeof(short), 64);
    private bool _disposed;

    /// <summary>Gives the memory back if nobody did.</summary>
    ~ContextWeights() => Release();

    private static ReadOnlySpan<byte> LevelOf => [0, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2];

    /// <summary>Forgets what was learnt.</summary>
    public void Clear() => First.CopyTo(new Span<short>(_weights, Sets * Contexts));

    /// <summary>The weights of: no context, the last byte, the guess, the last two bytes; where these have seen so much (0 to 15).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public short* Of(bool low, int last, int guess, int pair)
    {
        int set = (((((low ? PairLevels : 0) + Math.Min(pair, PairLevels - 1)) * Levels) + LevelOf[last]) * Levels) + LevelOf[guess];
        return _weights + (set * Contexts);
    }

    /// <summary>Learns: all together held the nibble that came to be <paramref name="size"/> 32,768ths likely, the contexts that follow so much.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Learn(short* weights, int size, int last, int guess, int pair)
    {
        int inverse = (1 << 20) / size;
        int one = weights[1] + Step(weights[1], last, inverse);
        int two = weights[2] + Step(weights[2], guess, inverse);
        int three = weights[3] + Step(weights[3], pair, inverse);
        int none = Total - one - two - three;
        if (Math.Min(Math.Min(none, one), Math.Min(two, three)) >= Least)
        {
            weights[0] = (short)none;
            weights[1] = (short)one;
            weights[2] = (short)two;
            weights[3] = (short)three;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Release();
        GC.SuppressFinalize(this);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Step(int weight, int share, int inverse)
    {
        int ratio = Math.Min((int)(((long)share * inverse) >> (20 - RatioLog)), MostRatio);
        return (weight * (ratio - (1 << RatioLog))) >> (RatioLog + RateLog);
    }

    private static short[] MakeFirst()
    {
        var first = new short[Sets * Contexts];
        for (int set = 0; set < Sets; set++)
        {
            int last = FirstOfLast[set / Levels % Levels];
            int guess = FirstOfGuess[set % Levels];
            int pair = FirstOfPair[set / (Levels * Levels) % PairLevels];
            int sum = FirstOfNone + last + guess + pair;
            Span<short> weights = first.AsSpan(set * Contexts, Contexts);
            weights[1] = Part(last, sum);
            weights[2] = Part(guess, sum);
            weights[3] = Part(pair, sum);
            weights[0] = (short)(Total - weights[1] - weights[2] - weights[3]);
        }

        return first;
    }

    private static short Part(int one, int sum) => (short)Math.Max(Least, Total * one / sum);

    private void Release()
    {
        if (!_disposed)
        {
            _disposed = true;
            NativeMemory.AlignedFree(_weights);
        }
    }
}
