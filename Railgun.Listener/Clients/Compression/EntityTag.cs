namespace Railgun.Listener.Clients.Compression;

/// <summary>
/// Entity tags (RFC 9110 section 8.8.3) of bodies that the listener compresses. The compressed bytes differ from time to time, so a strong
/// tag of the origin becomes weak on the way out; on the way in the origin must still understand what the client gives back.
/// </summary>
internal static class EntityTag
{
    private const string WeakPrefix = "W/";

    /// <summary>Whether <paramref name="tag"/> is a strong tag.</summary>
    public static bool IsStrong(string tag) => tag.Length >= 2 && tag[0] == '"' && tag[^1] == '"';

    /// <summary>The weak form of a strong tag; anything else as it is.</summary>
    public static string Weaken(string tag) => IsStrong(tag) ? WeakPrefix + tag : tag;

    /// <summary>
    /// The list with weak tags made strong, for <c>If-Match</c>: it compares strongly (RFC 9110 section 13.1.1), so a weak tag never matches,
    /// and what a client holds weakly may be strong at the origin. A tag that is weak there too does not match in either form.
    /// </summary>
    public static string Strengthen(string list)
    {
        if (!list.Contains("W/\"", StringComparison.Ordinal))
        {
            return list;
        }

        Span<char> kept = list.Length <= 512 ? stackalloc char[list.Length] : new char[list.Length];
        int length = 0;
        bool quoted = false;
        for (int i = 0; i < list.Length; i++)
        {
            if (!quoted && list.AsSpan(i).StartsWith("W/\"", StringComparison.Ordinal))
            {
                i++;
                continue;
            }

            quoted ^= list[i] == '"';
            kept[length++] = list[i];
        }

        return new string(kept[..length]);
    }

    /// <summary>Whether an <c>If-None-Match</c> list holds the weak form of <paramref name="tag"/>, and not the strong one.</summary>
    public static bool HeldWeakly(string list, string tag)
    {
        int at = list.IndexOf(tag, StringComparison.Ordinal);
        return at >= 2 && list.AsSpan(at - 2, 2).SequenceEqual(WeakPrefix);
    }
}
