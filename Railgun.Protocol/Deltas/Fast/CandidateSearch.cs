using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Railgun.Protocol.Deltas.Matching;

namespace Railgun.Protocol.Deltas.Fast;

/// <summary>
/// Looks for copies that begin at one place: near where the last copy ended, in the target's past, anywhere in the bases. A fixed number of
/// candidates each, so that work is bounded whatever the input.
/// </summary>
internal sealed unsafe class CandidateSearch(FastField field, PastIndex past)
{
    private const int WindowSize = FastModel.NearPlaces + sizeof(uint) - 1;
    private const int MinFar = 6;
    private const int SurelyEnough = 256;

    /// <summary>So many bytes pay for one candidate; real pages have one in ten or more.</summary>
    private const int BytesPerTry = 6;

    private const int TriesAtLeast = 2048;

    private byte* _window;
    private uint _places;
    private byte* _resume;
    private CopySource _nearSource;
    private int _tries;

    /// <summary>Too many candidates have been tried in this segment: from here on one a place is enough.</summary>
    public bool IsHurried => _tries < 0;

    /// <summary>Begins a segment.</summary>
    public void BeginSegment(int length) => _tries = TriesAtLeast + (length / BytesPerTry);

    /// <summary>The copy that will be taken if nothing better is found before it.</summary>
    public Sight Ahead;

    /// <summary>Begins after a copy: what is near is near the end of the lane's last copy.</summary>
    public void Begin(in Lane lane, int anchor)
    {
        _resume = lane.Resume;
        _nearSource = lane.Source;
        byte* low = lane.Source == CopySource.Target ? field.Target : field.OriginOf(lane.Source);
        byte* high = lane.Source == CopySource.Target ? field.Target + anchor : field.EndOf(lane.Source);
        byte* start = lane.Resume - FastModel.NearBefore;
        _window = start;
        _places = uint.MaxValue;
        if (start < low || start + WindowSize > high)
        {
            // Beside an end of the source the window is moved in, and the places that are not near are left out.
            _window = start < low ? low : high - WindowSize;
            long by = start - _window;
            _places = high - low < WindowSize || by <= -32 || by >= 32 ? 0 : by > 0 ? uint.MaxValue << (int)by : uint.MaxValue >> (int)-by;
        }
    }

    /// <summary>Asks the processor for what <see cref="Look"/> will want at the next places.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Expect(int at)
    {
        if (field.FirstIndex is { } index && at < field.End - (2 * sizeof(ulong)))
        {
            byte* here = field.Target + at;
            index.Expect(Unsafe.ReadUnaligned<ulong>(here));
            index.Expect(Unsafe.ReadUnaligned<ulong>(here + 1));
            index.Expect(Unsafe.ReadUnaligned<ulong>(here + 2));
        }
    }

    /// <summary>Improves <paramref name="best"/> by what is found for the place <paramref name="at"/>, at least eight bytes before the end; the new bytes before it begin at <paramref name="anchor"/>.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Look(int anchor, int at, ref Candidate best)
    {
        byte* here = field.Target + at;
        ulong word = Unsafe.ReadUnaligned<ulong>(here);
        if (_places != 0 && !IsHurried)
        {
            LookNear(at, word, ref best);
        }

        int back = past.Swap(word, field.Dropped + at);
        if (back > 0 && back <= at && Unsafe.ReadUnaligned<uint>(here - back) == (uint)word)
        {
            _tries--;
            int ahead = Alike.Forward(here, here - back, field.End - at);
            int behind = Behind(here, here - back, Math.Min(at - anchor, at - back));
            Offer(at - behind, ahead + behind, here - back - behind, CopySource.Target, Prices.Past + BitOperations.Log2((uint)back), ref best);
        }

        if (best.Length < SurelyEnough)
        {
            LookFar(anchor, at, word, CopySource.First, field.FirstIndex, ref best);
            LookFar(anchor, at, word, CopySource.Second, field.SecondIndex, ref best);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void LookNear(int at, ulong word, ref Candidate best)
    {
        uint places = (Vector256.Equals(Vector256.Load(_window), Vector256.Create((byte)word))
            & Vector256.Equals(Vector256.Load(_window + 1), Vector256.Create((byte)(word >> 8)))
            & Vector256.Equals(Vector256.Load(_window + 2), Vector256.Create((byte)(word >> 16)))
            & Vector256.Equals(Vector256.Load(_window + 3), Vector256.Create((byte)(word >> 24)))).ExtractMostSignificantBits() & _places;
        if (places != 0)
        {
            _tries -= BitOperations.PopCount(places);
            TryNear(at, places, ref best);
        }
    }

    private void TryNear(int at, uint places, ref Candidate best)
    {
        byte* end = field.EndOf(_nearSource);
        while (places != 0)
        {
            byte* from = _window + BitOperations.TrailingZeroCount(places);
            places &= places - 1;
            int ahead = Alike.Forward(field.Target + at, from, (int)Math.Min(field.End - at, end - from));
            Offer(at, ahead, from, _nearSource, from == _resume ? Prices.Resumed : Prices.Near, ref best);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void LookFar(int anchor, int at, ulong word, CopySource source, BaseIndex? index, ref Candidate best)
    {
        if (index is not null)
        {
            uint ways = index.Look(word, out Vector128<uint> bucket);
            if (ways != 0)
            {
                _tries -= BitOperations.PopCount(ways);
                ways = IsHurried ? ways & (0 - ways) : ways;
                TryFar(anchor, at, index, bucket, ways, source, ref best);
            }
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void TryFar(int anchor, int at, BaseIndex index, Vector128<uint> bucket, uint ways, CopySource source, ref Candidate best)
    {
        byte* here = field.Target + at;
        byte* origin = field.OriginOf(source);
        int length = source == CopySource.First ? field.FirstLength : field.SecondLength;
        long near = source == CopySource.First ? field.FirstEnd : field.SecondEnd;
        while (ways != 0)
        {
            int address = index.PlaceIn(bucket, BitOperations.TrailingZeroCount(ways));
            ways &= ways - 1;
            int ahead = Alike.Forward(here, origin + address, Math.Min(field.End - at, length - address));
            if (ahead >= MinFar)
            {
                int behind = Behind(here, origin + address, Math.Min(at - anchor, address));
                long jump = Math.Abs(address - behind - near);
                Offer(at - behind, ahead + behind, origin + address - behind, source, Prices.Far + BitOperations.Log2((uint)jump | 1), ref best);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Behind(byte* a, byte* b, int limit) => limit > 0 && a[-1] == b[-1] ? Alike.Backward(a, b, limit) : 0;

    /// <summary>Takes it if it saves more. Where an aligned copy lies ahead, only what is said better than by that one counts.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Offer(int at, int length, byte* from, CopySource source, int price, ref Candidate best)
    {
        int end = at + length;
        int worth = (Prices.Literal * length) - price;
        if (end > Ahead.At)
        {
            worth = end <= Ahead.End + Prices.Return
                ? (Prices.Literal * (Ahead.At - at)) - price - Prices.Return
                : (Prices.Literal * (length - Ahead.End + Ahead.At)) - price + Prices.Resumed;
        }

        if (worth > best.Worth)
        {
            best.Worth = worth;
            best.At = at;
            best.Length = length;
            best.Source = source;
            best.From = from;
        }
    }
}
