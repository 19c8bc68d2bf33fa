using Railgun.Protocol.Heads;

namespace Railgun.Sender.Origin;

/// <summary>The fields that belong to one connection and are never forwarded (RFC 9110 section 7.6.1).</summary>
internal static class HopByHop
{
    /// <summary>Whether the field of this name ends at this hop whatever else the head says.</summary>
    public static bool Is(string name) => name.Length switch
    {
        2 => Same(name, "TE"),
        7 => Same(name, "Upgrade"),
        10 => Same(name, "Connection") || Same(name, "Keep-Alive"),
        16 => Same(name, "Proxy-Connection"),
        17 => Same(name, "Transfer-Encoding"),
        _ => false,
    };

    /// <summary>Removes these fields and those that <c>Connection</c> names.</summary>
    public static void Remove(FieldList fields)
    {
        if (fields.Contains("Connection"))
        {
            RemoveNamed(fields);
        }

        for (int i = fields.Count - 1; i >= 0; i--)
        {
            if (i < fields.Count && Is(fields[i].Name))
            {
                fields.Remove(fields[i].Name); // may take lines above i too; the index then runs down to where the list ends
            }
        }
    }

    private static void RemoveNamed(FieldList fields)
    {
        List<string> names = [];
        foreach (HeadField field in fields)
        {
            if (Same(field.Name, "Connection"))
            {
                AddNames(field.Value, names);
            }
        }

        foreach (string name in names)
        {
            fields.Remove(name);
        }
    }

    private static void AddNames(string options, List<string> names)
    {
        foreach (Range range in options.AsSpan().Split(','))
        {
            ReadOnlySpan<char> name = options.AsSpan(range).Trim(" \t");
            if (!name.IsEmpty)
            {
                names.Add(name.ToString());
            }
        }
    }

    private static bool Same(string name, string other) => name.Equals(other, StringComparison.OrdinalIgnoreCase);
}
