namespace Railgun.Protocol.Deltas.Fast;

/// <summary>
/// The symbols of the commands with copies since codes were made: one for the command, above 8 bits one for its address, above 16 one for its
/// length. They are counted where the codes are made anew, for most targets end before.
/// </summary>
internal sealed unsafe class Tally(FastModel model)
{
    // What a reader has taken of a payload and not carried out lies behind.
    private readonly uint[] _symbols = Pinned.Copy<uint>(new uint[Rounds.Last]);
    private Rounds _rounds = new();

    /// <summary>Where the next ones go, <see cref="Left"/> at most.</summary>
    public uint* Next => Pinned.AddressOf(_symbols) + (_rounds.Length - _rounds.Left);

    /// <summary>How many more there may be before they are counted.</summary>
    public int Left => _rounds.Left;

    /// <summary>Begins a target.</summary>
    public void Start() => _rounds = new Rounds();

    /// <summary>Those from <see cref="Next"/> on have been coded, as far as <paramref name="next"/>; returns where the next ones go.</summary>
    public uint* AddTo(uint* next)
    {
        Add((int)(next - Next));
        return Next;
    }

    /// <summary>So many of those at <see cref="Next"/> have been coded.</summary>
    public void Add(int count)
    {
        if (_rounds.End(count))
        {
            model.Count(_symbols.AsSpan(0, _rounds.Length));
            model.EndRound(_rounds.AreLong);
            _rounds.Next();
        }
    }
}
