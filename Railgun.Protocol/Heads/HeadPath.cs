namespace Railgun.Protocol.Heads;

/// <summary>How a coder walks through a head: where it stands, what it expects there, and what it remembers of the step. Encoder and decoder walk alike.</summary>
internal sealed class HeadPath
{
    private readonly FieldTable _table;
    private Place _place;

    /// <summary>Walks over <paramref name="table"/>.</summary>
    public HeadPath(FieldTable table) => _table = table;

    /// <summary>How the predictions made here have proved; only where there is one.</summary>
    public ref byte History => ref _table.HistoryOf(_place);

    /// <summary>The names that came next, the last first; -1 behind the last.</summary>
    public ReadOnlySpan<short> Successors => _table.Names.Successors(_place.Name);

    /// <summary>Begins a head.</summary>
    public void Begin(HeadKind kind) => _place = Place.Start(StaticNames.FirstRoot + (int)kind);

    /// <summary>What is expected next: a slot, <see cref="FieldTable.End"/> or <see cref="FieldTable.None"/>.</summary>
    public int Predict() => _table.Predict(_place);

    /// <summary>The expected entry is there.</summary>
    public void GoOn(int slot)
    {
        _table.Touch(slot);
        Step(_table.NameOf(slot), slot);
    }

    /// <summary>A field of a name that is held is there, with the entry that it has now, or with none. The name is let go.</summary>
    public void Go(int name, int slot)
    {
        if (slot != FieldTable.None)
        {
            _table.Follow(_place, slot);
        }

        if (_table.Names.LetGo(name))
        {
            Step(name, slot);
        }
        else
        {
            // Neither the field nor its name is remembered: behind it nothing is expected.
            _place = new Place(StaticNames.End, FieldTable.None, AtStart: false);
        }
    }

    /// <summary>The head ends here.</summary>
    public void End()
    {
        _table.Follow(_place, FieldTable.End);
        _table.Names.Follow(_place.Name, StaticNames.End);
    }

    private void Step(int name, int slot)
    {
        _table.Names.Follow(_place.Name, name);
        _place = new Place(name, slot, AtStart: false);
    }
}
