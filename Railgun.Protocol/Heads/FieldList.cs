using System.Collections;

namespace Railgun.Protocol.Heads;

/// <summary>The field lines of one head or trailer section, in order; a name may stand there more than once.</summary>
internal sealed class FieldList : IReadOnlyList<HeadField>
{
    private const int FirstRoom = 8;

    private HeadField[] _fields;

    /// <summary>Makes an empty list with room for <paramref name="capacity"/> fields.</summary>
    public FieldList(int capacity = 0) => _fields = capacity == 0 ? [] : new HeadField[capacity];

    private FieldList(ReadOnlySpan<HeadField> fields) => (_fields, Count) = (fields.ToArray(), fields.Length);

    /// <inheritdoc/>
    public int Count { get; private set; }

    /// <inheritdoc/>
    public HeadField this[int index] => Lines[index];

    private ReadOnlySpan<HeadField> Lines => _fields.AsSpan(0, Count);

    /// <summary>Appends a field line.</summary>
    public void Add(string name, string value)
    {
        if (Count == _fields.Length)
        {
            Array.Resize(ref _fields, Math.Max(FirstRoom, 2 * Count));
        }

        _fields[Count++] = new HeadField(name, value);
    }

    /// <summary>A list of its own of the field lines from <paramref name="index"/> on, which takes no more room than they need.</summary>
    public FieldList From(int index) => new(Lines[index..]);

    /// <summary>Puts <paramref name="value"/> in place of all field lines of that name; names match without regard to case.</summary>
    public void Set(string name, string value)
    {
        Remove(name);
        Add(name, value);
    }

    /// <summary>Removes all field lines of that name; returns how many there were.</summary>
    public int Remove(string name)
    {
        int removed = 0;
        for (int i = Count - 1; i >= 0; i--)
        {
            if (Matches(_fields[i], name))
            {
                RemoveAt(i);
                removed++;
            }
        }

        return removed;
    }

    /// <summary>The value of the first field line of that name, or null.</summary>
    public string? First(string name)
    {
        foreach (ref readonly HeadField field in Lines)
        {
            if (Matches(field, name))
            {
                return field.Value;
            }
        }

        return null;
    }

    /// <summary>Whether a field line of that name is there.</summary>
    public bool Contains(string name) => First(name) is not null;

    /// <summary>The value of the field line at <paramref name="index"/> if that is there and has exactly that name; else null.</summary>
    public string? ValueAt(int index, string name) => index < Count && _fields[index].Name == name ? _fields[index].Value : null;

    /// <summary>Removes all field lines.</summary>
    public void Clear()
    {
        Array.Clear(_fields, 0, Count);
        Count = 0;
    }

    /// <summary>Enumerates without allocating.</summary>
    public ReadOnlySpan<HeadField>.Enumerator GetEnumerator() => Lines.GetEnumerator();

    IEnumerator<HeadField> IEnumerable<HeadField>.GetEnumerator() => _fields.Take(Count).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _fields.Take(Count).GetEnumerator();

    private void RemoveAt(int index)
    {
        Array.Copy(_fields, index + 1, _fields, index, --Count - index);
        _fields[Count] = default;
    }

    private static bool Matches(HeadField field, string name) =>
        field.Name.Length == name.Length && field.Name.Equals(name, StringComparison.OrdinalIgnoreCase);
}
