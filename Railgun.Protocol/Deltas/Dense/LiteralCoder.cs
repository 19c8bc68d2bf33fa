using Railgun.Protocol.Deltas.Matching;

namespace Railgun.Protocol.Deltas.Dense;

/// <summary>Codes runs of new bytes for one target: reads the base around them first, guesses, and codes what was not guessed. One code for both sides.</summary>
internal sealed class LiteralCoder : IDisposable
{
    /// <summary>How far around a change the base is read, in bytes.</summary>
    private const int Around = 1024;

    /// <summary>How much of the bases may be read: so many bytes, and so many for each new one.</summary>
    private const int FreeReading = 2048;
    private const int ReadingFactor = 4;

    /// <summary>After how many new bytes the bases' indexes are asked too: a small delta is decoded without one.</summary>
    private const int Shallow = 256;

    private readonly LiteralModel _model = new();
    private readonly TextFinder _finder = new();
    private readonly GuessModel _guesses = new();
    private readonly ReadMarks _marks = new();
    private readonly LentIndex _firstIndex = new();
    private readonly LentIndex _secondIndex = new();
    private long _coded;
    private long _read;
    private bool _clean;

    /// <summary>Begins a target.</summary>
    public void Start(in DeltaBase first, in DeltaBase second)
    {
        _firstIndex.Start(first);
        _secondIndex.Start(second);
        _coded = 0;
        _read = 0;
        _clean = false;
    }

    /// <summary>Codes the bytes from <paramref name="at"/> to the end of the target in <paramref name="texts"/>, which a decoder fills.</summary>
    /// <param name="coder">Where to, or where from.</param>
    /// <param name="texts">What both sides hold.</param>
    /// <param name="at">The first new byte.</param>
    /// <param name="place">Where the last copy ended.</param>
    public void Code<TCoder>(ref TCoder coder, Texts texts, int at, in Place place)
        where TCoder : struct, IBitCoder, allows ref struct
    {
        int count = texts.Target.Length - at;
        if (count == 0)
        {
            return;
        }

        Prepare(texts);
        ReadOnlySpan<byte> over = place.Source == CopySource.First ? texts.First : texts.Second;
        ReadAround(over, place, texts, count);
        bool deep = _coded >= Shallow;
        var prophet = new Prophet(texts, _finder, deep ? _firstIndex.Value : null, deep ? _secondIndex.Value : null);
        long aligned = texts.Dropped + at - place.Shift;
        long number = texts.TargetPlace(at);
        ulong recent = LiteralModel.Recent(texts.Target, at);
        for (int run = 0; run < count; run++, at++, aligned++, number++)
        {
            int expected = (ulong)aligned < (ulong)over.Length ? over[(int)aligned] : 256;
            int guess = prophet.Guess(at, recent, expected, run, out int kind);
            int value = texts.Target[at];
            bool hit = guess >= 0 && _guesses.Code(ref coder, guess == value, guess, kind, (int)recent & 255, guess == expected);
            if (hit)
            {
                value = guess;
                _model.Learn(value, recent, expected);
            }
            else
            {
                value = _model.Code(ref coder, value, recent, expected);
            }

            texts.Target[at] = (byte)value;
            prophet.Learn(value, guess);
            _finder.Enter(recent, number);
            recent = (recent << 8) | (uint)value;
        }

        _coded += count;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _firstIndex.Dispose();
        _secondIndex.Dispose();
    }

    private void Prepare(Texts texts)
    {
        if (!_clean)
        {
            _clean = true;
            _model.Clear((long)texts.First.Length + texts.Second.Length);
            _finder.Clear();
            _guesses.Clear();
            _marks.Clear(texts.First.Length, texts.Second.Length);
        }
    }

    private void ReadAround(ReadOnlySpan<byte> text, in Place place, Texts texts, int count)
    {
        int origin = place.Source == CopySource.First ? 0 : texts.First.Length;
        int to = Math.Min(text.Length, place.End + Math.Min(count, Around) + Around);
        for (int from = Math.Max(0, place.End - Around) & -ReadMarks.Block; from < to && _read < (ReadingFactor * _coded) + FreeReading; from += ReadMarks.Block)
        {
            if (_marks.Mark(place.Source, from))
            {
                int end = Math.Min(text.Length, from + ReadMarks.Block);
                Read(text, from, end, origin);
                _read += end - from;
            }
        }
    }

    private void Read(ReadOnlySpan<byte> text, int from, int to, int origin)
    {
        ulong recent = LiteralModel.Recent(text, from);
        for (int at = from; at < to; at++)
        {
            _finder.Enter(recent, origin + at);
            _model.Learn(text[at], recent, text[at]);
            recent = (recent << 8) | text[at];
        }
    }
}
