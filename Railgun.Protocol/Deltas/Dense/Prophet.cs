using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Railgun.Protocol.Deltas.Dense;

/// <summary>
/// Guesses the next new byte: what followed when the bytes before it were met, in the bases or among earlier new bytes. One code for both sides.
/// </summary>
internal ref struct Prophet
{
    /// <summary>How many classes of trust guesses have.</summary>
    public const int Classes = 32;

    private const int MinText = 4;
    private const int LongestAgreement = 24;
    private const int Aligned = 0;
    private const int Recovering = 2;
    private const int Followed = 6;
    private const int MostMisses = 8;

    private readonly Texts _texts;
    private readonly TextFinder _finder;
    private readonly BaseIndex? _firstIndex;
    private readonly BaseIndex? _secondIndex;
    private long _met = -1;
    private long _lost = -1;
    private int _length;
    private int _misses;

    /// <summary>Begins a run of new bytes.</summary>
    public Prophet(Texts texts, TextFinder finder, BaseIndex? firstIndex, BaseIndex? secondIndex)
    {
        _texts = texts;
        _finder = finder;
        _firstIndex = firstIndex;
        _secondIndex = secondIndex;
    }

    /// <summary>The guess for the byte at <paramref name="at"/>, -1 for none, and its class.</summary>
    public int Guess(int at, ulong recent, int over, int run, out int kind)
    {
        if (_met < 0)
        {
            Search(at, recent);
        }

        if (_met >= 0)
        {
            int next = _texts.ByteAt(_met, at);
            if (next >= 0)
            {
                kind = Followed + Math.Min(Classes - Followed - 1, _length <= 16 ? _length : 16 + ((_length - 16) >> 3));
                return next;
            }

            _met = -1;
        }

        if (_lost >= 0)
        {
            int next = _texts.ByteAt(_lost, at);
            if (next >= 0)
            {
                kind = Recovering + Math.Min(3, _misses >> 1);
                return next;
            }

            _lost = -1;
        }

        kind = Aligned + (run == 0 ? 0 : 1);
        return over == 256 ? -1 : over;
    }

    /// <summary>Learns what the byte was.</summary>
    public void Learn(int value, int guess)
    {
        if (_met >= 0)
        {
            if (guess == value)
            {
                _met++;
                _length++;
                return;
            }

            _lost = _met + 1;
            _met = -1;
            _misses = 0;
        }
        else if (_lost >= 0)
        {
            _misses = guess == value ? Math.Max(0, _misses - 1) : _misses + 1;
            _lost = _misses >= MostMisses ? -1 : _lost + 1;
        }
    }

    private void Search(int at, ulong recent)
    {
        int best = MinText - 1;
        long text = _finder.Find(recent);
        if (text >= 0)
        {
            Consider(text, at, ref best);
        }

        if (_firstIndex is not null)
        {
            Consider(_firstIndex, 0, at, recent, ref best);
        }

        if (_secondIndex is not null)
        {
            Consider(_secondIndex, _texts.First.Length, at, recent, ref best);
        }
    }

    private void Consider(BaseIndex index, int origin, int at, ulong recent, ref int best)
    {
        int place = index.Find(BinaryPrimitives.ReverseEndianness(recent << (64 - (8 * BaseIndex.Grain))));
        if (place >= 0)
        {
            Consider(origin + place + BaseIndex.Grain, at, ref best);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Consider(long place, int at, ref int best)
    {
        int length = 0;
        while (length < LongestAgreement && at - 1 - length >= 0)
        {
            int met = _texts.ByteAt(place - 1 - length, at);
            if (met != _texts.Target[at - 1 - length])
            {
                break;
            }

            length++;
        }

        if (length > best)
        {
            best = length;
            _length = length;
            _met = place;
        }
    }
}
