namespace Railgun.Protocol.Heads;

/// <summary>Finds entries and names of a <see cref="FieldTable"/> by content. The encoder's alone.</summary>
internal sealed class FieldIndex
{
    private readonly Dictionary<(int Name, string Value), int> _entries = [];
    private readonly Dictionary<string, int> _names = new(StringComparer.Ordinal);
    private readonly FieldTable _table;

    /// <summary>Follows <paramref name="table"/>: what goes there goes here too.</summary>
    public FieldIndex(FieldTable table)
    {
        _table = table;
        table.Evicting = slot => _entries.Remove((_table.NameOf(slot), _table.ValueOf(slot)));
        table.Names.Forgetting = name => _names.Remove(_table.Names[name]);
        for (int name = StaticNames.FirstField; name < StaticNames.Count; name++)
        {
            _names.Add(StaticNames.Text(name), name);
        }
    }

    /// <summary>The slot of that name and value, or <see cref="FieldTable.None"/>.</summary>
    public int Find(int name, string value) => _entries.TryGetValue((name, value), out int slot) ? slot : FieldTable.None;

    /// <summary>The number of a name, or <see cref="FieldTable.None"/>.</summary>
    public int FindName(string name) => _names.TryGetValue(name, out int number) ? number : FieldTable.None;

    /// <summary>Tells of a new name.</summary>
    public void AddName(string text, int name) => _names.Add(text, name);

    /// <summary>Tells of a new entry.</summary>
    public void Add(int name, string value, int slot) => _entries.Add((name, value), slot);
}
