using Railgun.Protocol.Heads;

namespace Railgun.Sender.Origin;

/// <summary>Looks into field values that are lists (RFC 9110 section 5.6.1) of tokens with or without arguments.</summary>
internal static class Lists
{
    /// <summary>Whether a list has this member, arguments aside; case does not matter.</summary>
    public static bool Contain(string list, string member)
    {
        foreach (Range range in list.AsSpan().Split(','))
        {
            ReadOnlySpan<char> name = list.AsSpan(range).Trim(" \t");
            int end = name.IndexOfAny(";= \t");
            if ((end < 0 ? name : name[..end]).Equals(member, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether any field line of this name has the member.</summary>
    public static bool Contain(FieldList fields, string field, string member)
    {
        foreach (HeadField line in fields)
        {
            if (line.Name.Equals(field, StringComparison.OrdinalIgnoreCase) && Contain(line.Value, member))
            {
                return true;
            }
        }

        return false;
    }
}
