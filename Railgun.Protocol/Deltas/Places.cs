using Railgun.Protocol.Deltas.Matching;

namespace Railgun.Protocol.Deltas;

/// <summary>
/// Where copies came from lately, so that both sides can name the likely places with few bits. A place is where a copy ended: the next
/// copy may go on there (bytes were inserted), or as far beyond as the target has gone since (bytes were replaced).
/// </summary>
internal struct Places
{
    /// <summary>How many places are remembered.</summary>
    public const int Count = 3;

    private Place _first;
    private Place _second;
    private Place _third;

    /// <summary>One of them, the latest first.</summary>
    public readonly Place this[int index] => index switch
    {
        0 => _first,
        1 => _second,
        _ => _third,
    };

    /// <summary>Takes note of a copy of <paramref name="length"/> bytes from <paramref name="address"/>, made where the target had <paramref name="at"/> bytes.</summary>
    public void Copied(CopySource source, int address, long at, int length)
    {
        var place = new Place(source, address + length, at + length);
        long shift = at - address;
        if (_first.Source == source && _first.Shift == shift)
        {
            _first = place;
        }
        else if (_second.Source == source && _second.Shift == shift)
        {
            _second = _first;
            _first = place;
        }
        else
        {
            _third = _second;
            _second = _first;
            _first = place;
        }
    }
}
