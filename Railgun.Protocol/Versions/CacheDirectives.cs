using Railgun.Protocol.Heads;

namespace Railgun.Protocol.Versions;

/// <summary>The directives of <c>Cache-Control</c> (RFC 9111 section 5.2) that matter here, over all its field lines.</summary>
/// <param name="NoStore"><c>no-store</c>.</param>
/// <param name="Private"><c>private</c>, also where it names fields only: whoever wrote it meant users to be kept apart.</param>
/// <param name="Public"><c>public</c>.</param>
internal readonly record struct CacheDirectives(bool NoStore, bool Private, bool Public)
{
    /// <summary>Reads the directives of <paramref name="fields"/>.</summary>
    public static CacheDirectives Of(FieldList fields)
    {
        CacheDirectives found = default;
        foreach (HeadField field in fields)
        {
            if (field.Name.Equals("Cache-Control", StringComparison.OrdinalIgnoreCase))
            {
                found = found.With(field.Value);
            }
        }

        return found;
    }

    private CacheDirectives With(ReadOnlySpan<char> value)
    {
        if (IsDoubtful(value))
        {
            return WithStrictly(value);
        }

        CacheDirectives found = this;
        while (ListMembers.TryNext(ref value, out ReadOnlySpan<char> member))
        {
            found = found.WithMember(member);
        }

        return found;
    }

    // Where quotes don't pair, or may be escaped, others may see a directive where we see quoted text: each part between commas counts, and "public" does not.
    private CacheDirectives WithStrictly(ReadOnlySpan<char> value)
    {
        CacheDirectives found = this;
        foreach (Range part in value.Split(','))
        {
            found = found.WithMember(value[part].Trim(" \t\""));
        }

        return found with { Public = Public };
    }

    private CacheDirectives WithMember(ReadOnlySpan<char> member)
    {
        int equals = member.IndexOf('=');
        ReadOnlySpan<char> name = equals < 0 ? member : member[..equals].TrimEnd(" \t");
        return new CacheDirectives(
            NoStore || name.Equals("no-store", StringComparison.OrdinalIgnoreCase),
            Private || name.Equals("private", StringComparison.OrdinalIgnoreCase),
            Public || name.Equals("public", StringComparison.OrdinalIgnoreCase));
    }

    private static bool IsDoubtful(ReadOnlySpan<char> value) => value.Count('"') % 2 != 0 || value.Contains('\\');
}
