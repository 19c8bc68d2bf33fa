namespace Railgun.Protocol.Heads;

/// <summary>Finds entries of a <see cref="FieldTable"/> by content: whole fields and names. The encoder's alone.</summary>
internal sealed class FieldIndex
{
    private readonly Dictionary<HeadField, int> _fields = [];
    private readonly Dictionary<string, int> _names = new(StringComparer.Ordinal);
    private readonly FieldTable _table;

    /// <summary>Follows <paramref name="table"/>: its evictions leave this index too.</summary>
    public FieldIndex(FieldTable table)
    {
        _table = table;
        table.Evicting = Remove;
    }

    /// <summary>The slot of the same name and value, or <see cref="FieldTable.None"/>.</summary>
    public int Find(HeadField field) => _fields.TryGetValue(field, out int slot) ? slot : FieldTable.None;

    /// <summary>The slot of the newest entry of that name, or <see cref="FieldTable.None"/>.</summary>
    public int FindName(string name) => _names.TryGetValue(name, out int slot) ? slot : FieldTable.None;

    /// <summary>Tells of a new entry.</summary>
    public void Add(HeadField field, int slot)
    {
        _fields[field] = slot;
        _names[field.Name] = slot;
    }

    private void Remove(int slot)
    {
        HeadField field = _table[slot];
        if (Find(field) == slot)
        {
            _fields.Remove(field);
        }

        if (FindName(field.Name) == slot)
        {
            _names.Remove(field.Name);
        }
    }
}
