namespace Railgun.Protocol.Deltas.Dense;

/// <summary>Learns how far trails agree, and where segments end.</summary>
internal sealed class SkipModel
{
    /// <summary>A trail that has agreed for so long comes from a stretch of its own.</summary>
    private const int Long = 64;

    private readonly NumberModel[] _counts = [new(6), new(5)];
    private readonly BitModel[] _stops = new BitModel[2];
    private BitModel _goesOn;
    private BitModel _notLast;
    private BitModel _givesUp;

    /// <summary>Forgets all.</summary>
    public void Clear()
    {
        _counts[0].Clear();
        _counts[1].Clear();
        _stops.AsSpan().Fill(new BitModel(65536 / 3, 1));
        _goesOn = new BitModel(65536 / 8, 2);
        _notLast = new BitModel(65536 / 8, 2);
        _givesUp = new BitModel(65536 / 8, 2);
    }

    /// <summary>How far a trail agrees, where there is room for <paramref name="room"/> bytes; may come out greater than that: check.</summary>
    public int Code<TCoder>(ref TCoder coder, int count, int room, int agreed)
        where TCoder : struct, IBitCoder, allows ref struct
    {
        int which = agreed >= Long ? 0 : 1;
        return BitCoding.Code(ref coder, count == room ? 0 : 1, ref _stops[which]) == 0 ? room : _counts[which].Code(ref coder, count);
    }

    /// <summary>Where a trail's text has ended: whether the segment does too.</summary>
    public bool CodeEnd<TCoder>(ref TCoder coder, bool ends)
        where TCoder : struct, IBitCoder, allows ref struct => BitCoding.Code(ref coder, ends ? 0 : 1, ref _goesOn) == 0;

    /// <summary>How the target goes on.</summary>
    public Sequel CodeSequel<TCoder>(ref TCoder coder, Sequel sequel)
        where TCoder : struct, IBitCoder, allows ref struct =>
        BitCoding.Code(ref coder, sequel == Sequel.None ? 0 : 1, ref _notLast) == 0 ? Sequel.None
        : BitCoding.Code(ref coder, sequel == Sequel.Fast ? 1 : 0, ref _givesUp) == 0 ? Sequel.Dense
        : Sequel.Fast;
}
