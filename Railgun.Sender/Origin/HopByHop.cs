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

    /// <summary>The fields without these and without those that <c>Connection</c> names; the same list where there are none.</summary>
    public static FieldList Without(FieldList fields)
    {
        bool named = fields.Contains("Connection");
        FieldList? kept = null;
        for (int i = 0; i < fields.Count; i++)
        {
            HeadField field = fields[i];
            if (Is(field.Name) || (named && IsNamed(fields, field.Name)))
            {
                kept ??= Copy(fields, i);
            }
            else
            {
                kept?.Add(field.Name, field.Value);
            }
        }

        return kept ?? fields;
    }

    private static FieldList Copy(FieldList fields, int count)
    {
        FieldList copy = new(fields.Count);
        for (int i = 0; i < count; i++)
        {
            copy.Add(fields[i].Name, fields[i].Value);
        }

        return copy;
    }

    private static bool IsNamed(FieldList fields, string name)
    {
        foreach (HeadField field in fields)
        {
            if (Same(field.Name, "Connection") && Lists.Contain(field.Value, name))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Same(string name, string other) => name.Equals(other, StringComparison.OrdinalIgnoreCase);
}
