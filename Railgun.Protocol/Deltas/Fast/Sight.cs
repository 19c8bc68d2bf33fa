using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Railgun.Protocol.Deltas.Matching;

namespace Railgun.Protocol.Deltas.Fast;

/// <summary>The best copy aligned with a lane, among those that begin within the next bytes.</summary>
internal unsafe struct Sight
{
    /// <summary>How many bytes are seen at once.</summary>
    public const int Size = 32;

    /// <summary>How many of them are settled: a run that begins later might be cut.</summary>
    public const int Settled = Size - 3;

    private const int LookFurther = 64;

    /// <summary>Where it begins; <see cref="int.MaxValue"/>: there is none.</summary>
    public int At;

    /// <summary>Where it ends, as far as was looked.</summary>
    public int End;

    /// <summary>Which lane.</summary>
    public int Number;

    /// <summary>Looks from <paramref name="at"/> on. Without branches, as nothing here can be foretold.</summary>
    public void Look(FastField field, ref Lanes lanes, int at)
    {
        int best = Score(Equal(field, lanes.First, at), Prices.Aligned, out int run, out int length);
        int second = Score(Equal(field, lanes.Second, at), Prices.SecondAligned, out int secondRun, out int secondLength);
        int third = Score(Equal(field, lanes.Third, at), Prices.ThirdAligned, out int thirdRun, out int thirdLength);
        int number = second > best ? 1 : 0;
        run = second > best ? secondRun : run;
        length = second > best ? secondLength : length;
        best = Math.Max(best, second);
        number = third > best ? 2 : number;
        run = third > best ? thirdRun : run;
        length = third > best ? thirdLength : length;
        Number = number;
        At = run == Size ? int.MaxValue : at + run;
        End = at + run + length;
        if (run + length >= Size && run < Size)
        {
            ref Lane lane = ref number == 0 ? ref lanes.First : ref number == 1 ? ref lanes.Second : ref lanes.Third;
            End += Alike.Forward(field.Target + at + Size, lane.Base + at + Size, Math.Min(LookFurther, Math.Max(0, lane.High - at - Size)));
        }
    }

    /// <summary>Which of the next bytes agree with a lane, a bit each.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Equal(FastField field, in Lane lane, int at)
    {
        if (at >= lane.Low && at <= lane.High - Size)
        {
            return Vector256.Equals(Vector256.Load(field.Target + at), Vector256.Load(lane.Base + at)).ExtractMostSignificantBits();
        }

        return EqualAtEdge(field, lane, at);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static uint EqualAtEdge(FastField field, in Lane lane, int at)
    {
        uint equal = 0;
        if (at >= lane.Low && at < lane.High)
        {
            int limit = Math.Min(Size, lane.High - at);
            for (int i = 0; i < limit; i++)
            {
                equal |= (field.Target[at + i] == lane.Base[at + i] ? 1u : 0) << i;
            }

            // What agrees up to the end of the segment is as good as a longer run.
            if (lane.High == field.End && limit < Size && (equal >> (limit - 1)) != 0)
            {
                equal |= uint.MaxValue << limit;
            }
        }

        return equal;
    }

    /// <summary>The first run of four or more: what it saves, less what is new before it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Score(uint equal, int price, out int run, out int length)
    {
        uint runs = equal & (equal >> 1);
        runs &= runs >> 2;
        run = BitOperations.TrailingZeroCount(runs);
        length = BitOperations.TrailingZeroCount(~((ulong)equal >> run));
        return (Prices.Literal * (length - run)) - price;
    }
}
