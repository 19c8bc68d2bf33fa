namespace Railgun.Protocol.Deltas.Fast;

/// <summary>A prefix code that follows what is coded: it begins as usual, and is now and then made anew from all counts so far.</summary>
internal sealed unsafe class AdaptiveCode
{
    /// <summary>What a symbol adds to its count.</summary>
    public const int Gain = 8;

    private readonly UsualCode _usual;
    private readonly bool _reads;
    private readonly int[] _counts;
    private CodeView _view;
    private PrefixCode? _own;
    private CodeTable? _ownTable;
    private bool _counted;

    /// <summary>Begins with <paramref name="usual"/>; has tables only if it <paramref name="reads"/>.</summary>
    public AdaptiveCode(UsualCode usual, bool reads)
    {
        _usual = usual;
        _reads = reads;
        _counts = Pinned.Copy<int>(usual.Counts);
        _view.Counts = Pinned.AddressOf(_counts);
        _view.Meanings = usual.Meanings;
        _counted = true;
        Start();
    }

    /// <summary>The code until it is made anew. Who counts a symbol adds <see cref="Gain"/>.</summary>
    public CodeView View => _view;

    /// <summary>Forgets what was learnt.</summary>
    public void Start()
    {
        if (!_counted)
        {
            return;
        }

        _counted = false;
        _usual.Counts.CopyTo(_counts, 0);
        _view.Codes = Pinned.AddressOf(_usual.Code.Codes);
        _view.Table = _usual.Table.Entries;
    }

    /// <summary>Counts symbols that have been coded.</summary>
    public void Count(ReadOnlySpan<byte> symbols)
    {
        _counted = true;
        int* counts = _view.Counts;
        foreach (byte symbol in symbols)
        {
            counts[symbol] += Gain;
        }
    }

    /// <summary>Counts symbols that are not coded.</summary>
    public void Expect(ReadOnlySpan<byte> symbols)
    {
        _counted = true;
        foreach (byte symbol in symbols)
        {
            _counts[symbol]++;
        }
    }

    /// <summary>Makes the code of the counts.</summary>
    public void Make()
    {
        _counted = true;
        _own ??= new PrefixCode(_counts.Length, _usual.MaxBits);
        _own.Make(_counts, codes: !_reads);
        _view.Codes = Pinned.AddressOf(_own.Codes);
        if (_reads)
        {
            _ownTable ??= new CodeTable(_usual.MaxBits);
            _ownTable.Fill(_own, _usual.Below);
            _view.Table = _ownTable.Entries;
        }
    }

    /// <summary>What is long ago shall count less and less; so counts stay small too.</summary>
    public void Halve()
    {
        foreach (ref int count in _counts.AsSpan())
        {
            count = (count + 1) >> 1;
        }
    }
}
