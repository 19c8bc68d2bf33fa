using System.Collections;

namespace Railgun.Protocol.Heads;

/// <summary>The field lines of one head or trailer section, in order; a name may stand there more than once.</summary>
internal sealed class FieldList : IReadOnlyList<HeadField>
{
    private readonly List<HeadField> _fields;

    /// <summary>Makes an empty list with room for <paramref name="capacity"/> fields.</summary>
    public FieldList(int capacity = 16) => _fields = new List<HeadField>(capacity);

    /// <inheritdoc/>
    public int Count => _fields.Count;

    /// <inheritdoc/>
    public HeadField this[int index] => _fields[index];

    /// <summary>Appends a field line.</summary>
    public void Add(string name, string value) => _fields.Add(new HeadField(name, value));

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
        for (int i = _fields.Count - 1; i >= 0; i--)
        {
            if (Matches(_fields[i], name))
            {
                _fields.RemoveAt(i);
                removed++;
            }
        }

        return removed;
    }

    /// <summary>The value of the first field line of that name, or null.</summary>
    public string? First(string name)
    {
        foreach (HeadField field in _fields)
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

    /// <summary>Removes the field line at <paramref name="index"/> if it has exactly that name, and returns its value; else null.</summary>
    public string? TakeAt(int index, string name)
    {
        if (index >= _fields.Count || _fields[index].Name != name)
        {
            return null;
        }

        string value = _fields[index].Value;
        _fields.RemoveAt(index);
        return value;
    }

    /// <summary>Removes all field lines.</summary>
    public void Clear() => _fields.Clear();

    /// <summary>Enumerates without allocating.</summary>
    public List<HeadField>.Enumerator GetEnumerator() => _fields.GetEnumerator();

    IEnumerator<HeadField> IEnumerable<HeadField>.GetEnumerator() => _fields.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _fields.GetEnumerator();

    private static bool Matches(HeadField field, string name) =>
        field.Name.Length == name.Length && field.Name.Equals(name, StringComparison.OrdinalIgnoreCase);
}
