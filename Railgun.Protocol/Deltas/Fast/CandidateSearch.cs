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
    /// <summary>Behind a find of so many bytes no better one is looked for.</summary>
    private const int SurelyEnough = 32;

    /// <summary>So many bytes pay for one candidate; real pages have one in ten or more.</summary>
    private const int BytesPerTry = 6;

    /// <summary>Behind a find of so many bytes no later one is looked for.</summary>
    private const int LongEnough = 16;

    /// <summary>Behind a shorter one, at so many places,</summary>
    private const int Patience = 3;

    /// <summary>and so many behind each that is better.</summary>
    private const int MorePatience = 2;

    private const int TriesAtLeast = 2048;

    /// <summary>After 2^this places without a find, one more place is left out each time.</summary>
    private const int PatienceLog = 6;

    /// <summary>What is looked at where nothing is near.</summary>
    private static readonly byte[] NoWindow = Pinned.Copy<byte>(new byte[WindowSize]);

    private byte* _window;
    private uint _places;
    private byte* _resume;
    private CopySource _nearSource;
    private int _tries;
    private uint _seen;
    private int _back;
    private uint _ways;
    private uint _secondWays;
    private Vector128<uint> _bucket;
    private Vector128<uint> _secondBucket;

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

        if (_places == 0)
        {
            _window = Pinned.AddressOf(NoWindow);
        }
    }

    /// <summary>Asks the processor for what <see cref="Scan"/> will want at the next places.</summary>
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

    /// <summary>Goes from <paramref name="at"/> on to the first place before <paramref name="limit"/> where something may begin; returns it, or one not before the limit.</summary>
    /// <param name="at">The first place.</param>
    /// <param name="limit">At least eight bytes before the end.</param>
    /// <param name="misses">How many places had nothing so far: after many, some are left out.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public int Scan(int at, int limit, ref int misses)
    {
        byte* target = field.Target;
        uint* slots = past.Slots;
        uint origin = past.Origin;
        IndexView index = field.FirstView;
        bool hasSecond = field.SecondIndex is not null;
        uint allowed = IsHurried ? 0 : _places;
        Vector256<byte> first = Vector256.Load(_window);
        Vector256<byte> second = Vector256.Load(_window + 1);
        Vector256<byte> third = Vector256.Load(_window + 2);
        Vector256<byte> fourth = Vector256.Load(_window + 3);
        int missed = misses;
        for (; at < limit; at += 1 + (missed++ >> PatienceLog))
        {
            byte* here = target + at;
            ulong word = Unsafe.ReadUnaligned<ulong>(here);
            uint places = (Vector256.Equals(first, Vector256.Create(here[0])) & Vector256.Equals(second, Vector256.Create(here[1]))
                & Vector256.Equals(third, Vector256.Create(here[2])) & Vector256.Equals(fourth, Vector256.Create(here[3]))).ExtractMostSignificantBits() & allowed;
            ulong slot = PastIndex.SlotOf(word);
            uint now = origin + (uint)at;
            uint back = now - slots[slot];
            slots[slot] = now;
            back = back <= (uint)at ? back : 0;
            uint backs = Unsafe.ReadUnaligned<uint>(here - back) == (uint)word ? back : 0;
            uint ways = index.Look(word, out Vector128<uint> bucket);
            uint secondWays = 0;
            Vector128<uint> secondBucket = default;
            if (hasSecond)
            {
                secondWays = field.SecondView.Look(word, out secondBucket);
            }

            if ((places | backs | ways | secondWays) != 0)
            {
                _seen = places;
                _back = (int)backs;
                _ways = ways;
                _bucket = bucket;
                _secondWays = secondWays;
                _secondBucket = secondBucket;
                break;
            }
        }

        misses = missed;
        return at;
    }

    /// <summary>Improves <paramref name="best"/> by what <see cref="Scan"/> saw at the place <paramref name="at"/>; the new bytes before it begin at <paramref name="anchor"/>.</summary>
    public void Try(int anchor, int at, ref Candidate best)
    {
        if (_seen != 0)
        {
            _tries -= BitOperations.PopCount(_seen);
            TryNear(at, _seen, ref best);
        }

        if (_back != 0)
        {
            TryPast(anchor, at, _back, ref best);
        }

        if (best.Length < SurelyEnough && _ways != 0)
        {
            TryFar(anchor, at, field.FirstIndex!, _bucket, _ways, CopySource.First, ref best);
        }

        if (best.Length < SurelyEnough && _secondWays != 0)
        {
            TryFar(anchor, at, field.SecondIndex!, _secondBucket, _secondWays, CopySource.Second, ref best);
        }
    }

    /// <summary>Looks whether a copy that begins a little later than <paramref name="best"/>, at <paramref name="at"/> or soon behind, saves more; before <paramref name="limit"/>.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Improve(int anchor, int at, int limit, ref Candidate best)
    {
        uint* slots = past.Slots;
        uint origin = past.Origin;
        IndexView index = field.FirstView;
        int last = IsHurried ? at : Math.Min(limit, at + Patience);
        for (; at < last && best.Length < LongEnough && at < best.At + best.Length; at++)
        {
            byte* here = field.Target + at;
            int worth = best.Worth;
            ulong word = Unsafe.ReadUnaligned<ulong>(here);
            ulong slot = PastIndex.SlotOf(word);
            uint now = origin + (uint)at;
            uint back = now - slots[slot];
            slots[slot] = now;
            if (back - 1 < (uint)at && Unsafe.ReadUnaligned<uint>(here - back) == (uint)word && IsLonger(here, here - back, field.End - at, at, best))
            {
                TryPast(anchor, at, (int)back, ref best);
            }

            uint ways = index.Look(word, out Vector128<uint> bucket);
            if (ways != 0)
            {
                TryFar(anchor, at, field.FirstIndex!, bucket, ways, CopySource.First, ref best);
            }

            if (field.SecondIndex is { } second && field.SecondView.Look(word, out bucket) is not 0 and uint secondWays)
            {
                TryFar(anchor, at, second, bucket, secondWays, CopySource.Second, ref best);
            }

            last = best.Worth != worth ? Math.Min(limit, at + 1 + MorePatience) : last;
        }
    }

    /// <summary>Whether a copy from <paramref name="from"/>, of which <paramref name="room"/> bytes can be read, seems to end behind the best one: most do not, and that is seen here.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsLonger(byte* here, byte* from, int room, int at, in Candidate best)
    {
        int probe = best.At + best.Length - at - sizeof(uint) + 1;
        return probe <= 0 || (probe <= room - sizeof(uint) && Unsafe.ReadUnaligned<uint>(from + probe) == Unsafe.ReadUnaligned<uint>(here + probe));
    }

    private void TryPast(int anchor, int at, int back, ref Candidate best)
    {
        byte* here = field.Target + at;
        _tries--;
        int ahead = Alike.Forward(here, here - back, field.End - at);
        int behind = Behind(here, here - back, Math.Min(at - anchor, at - back), at - back);
        Offer(at - behind, ahead + behind, here - back - behind, CopySource.Target, Prices.Past + BitOperations.Log2((uint)back), ref best);
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

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void TryFar(int anchor, int at, BaseIndex index, Vector128<uint> bucket, uint ways, CopySource source, ref Candidate best)
    {
        byte* here = field.Target + at;
        byte* origin = field.OriginOf(source);
        int length = source == CopySource.First ? field.FirstLength : field.SecondLength;
        long near = source == CopySource.First ? field.FirstEnd : field.SecondEnd;
        _tries -= BitOperations.PopCount(ways);
        ways = IsHurried ? ways & (0 - ways) : ways;
        while (ways != 0)
        {
            int address = index.PlaceIn(bucket, BitOperations.TrailingZeroCount(ways));
            ways &= ways - 1;
            if (!IsLonger(here, origin + address, Math.Min(field.End - at, length - address), at, best))
            {
                continue;
            }

            int ahead = Alike.Forward(here, origin + address, Math.Min(field.End - at, length - address));
            if (ahead >= MinFar)
            {
                int behind = Behind(here, origin + address, Math.Min(at - anchor, address), Math.Min(at, address));
                long jump = Math.Abs(address - behind - near);
                ways = ahead < SurelyEnough ? ways : 0;
                Offer(at - behind, ahead + behind, origin + address - behind, source, Prices.Far + BitOperations.Log2((uint)jump | 1), ref best);
            }
        }
    }

    /// <summary>How many bytes before two places are equal, at most <paramref name="limit"/>; so many can be read before both: <paramref name="before"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Behind(byte* a, byte* b, int limit, int before)
    {
        if (before < sizeof(ulong))
        {
            return Alike.Backward(a, b, limit);
        }

        ulong differ = Unsafe.ReadUnaligned<ulong>(a - sizeof(ulong)) ^ Unsafe.ReadUnaligned<ulong>(b - sizeof(ulong));
        return differ != 0 ? Math.Min(limit, BitOperations.LeadingZeroCount(differ) >> 3) : Alike.Backward(a, b, limit);
    }

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
