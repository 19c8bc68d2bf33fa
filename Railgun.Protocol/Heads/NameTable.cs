namespace Railgun.Protocol.Heads;

/// <summary>The names of a <see cref="FieldTable"/>, by number: static ones, and others for as long as an entry has them; and which names came after which.</summary>
internal sealed class NameTable
{
    /// <summary>How many names are remembered to have followed a name.</summary>
    public const int MaxSuccessors = 8;

    private const short Nothing = -1;

    private NameState[] _names = new NameState[StaticNames.Count + 16];
    private short[] _successors = new short[(StaticNames.Count + 16) * MaxSuccessors];
    private int _freeHead = FieldTable.None;

    /// <summary>Makes a table of the static names.</summary>
    public NameTable()
    {
        for (int name = 0; name < StaticNames.Count; name++)
        {
            Add(StaticNames.Text(name));
        }
    }

    /// <summary>Numbers given so far, free ones among them.</summary>
    public int Count { get; private set; }

    /// <summary>Called with each name that is forgotten, before it goes.</summary>
    public Action<int>? Forgetting { get; set; }

    /// <summary>The name of a number that has one.</summary>
    public string this[int name] => _names[name].Text!;

    /// <summary>Whether the number is that of a field's name.</summary>
    public bool IsField(int name) => name >= StaticNames.FirstField && name < Count && _names[name].Text is not null;

    /// <summary>What is known of a name.</summary>
    public ref NameState State(int name) => ref _names[name];

    /// <summary>Gives a new name a number.</summary>
    public int Add(string text)
    {
        int name = TakeNumber();
        _names[name] = new NameState
        {
            Text = text,
            Newest = FieldTable.None,
            First = FieldTable.None,
            FirstHistory = History.Empty,
            NewHistory = History.Empty,
        };
        Successors(name).Fill(Nothing);
        return name;
    }

    /// <summary>A field of that name is being coded.</summary>
    public void Hold(int name) => _names[name].Held = true;

    /// <summary>It has been coded; returns whether the name is still there.</summary>
    public bool LetGo(int name)
    {
        _names[name].Held = false;
        return Keep(name);
    }

    /// <summary>An entry of that name has come.</summary>
    public void Gain(int name) => _names[name].Entries++;

    /// <summary>An entry of that name has gone.</summary>
    public void Lose(int name)
    {
        _names[name].Entries--;
        Keep(name);
    }

    /// <summary>The names that followed, the last one first; -1 behind the last.</summary>
    public Span<short> Successors(int name) => _successors.AsSpan(name * MaxSuccessors, MaxSuccessors);

    /// <summary>Remembers that <paramref name="next"/> followed.</summary>
    public void Follow(int name, int next)
    {
        Span<short> successors = Successors(name);
        if (successors[0] == next)
        {
            return;
        }

        int at = successors.IndexOf((short)next);
        successors[..(at < 0 ? MaxSuccessors - 1 : at)].CopyTo(successors[1..]);
        successors[0] = (short)next;
    }

    private bool Keep(int name)
    {
        if (name < StaticNames.Count || _names[name].Entries > 0 || _names[name].Held)
        {
            return true;
        }

        Forgetting?.Invoke(name);
        _names[name] = new NameState { Newest = _freeHead };
        _freeHead = name;
        return false;
    }

    private int TakeNumber()
    {
        if (_freeHead != FieldTable.None)
        {
            int free = _freeHead;
            _freeHead = _names[free].Newest;
            return free;
        }

        if (Count == _names.Length)
        {
            Array.Resize(ref _names, 2 * Count);
            Array.Resize(ref _successors, 2 * Count * MaxSuccessors);
        }

        return Count++;
    }
}
