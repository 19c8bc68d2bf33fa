namespace Railgun.Protocol.Heads;

/// <summary>
/// Splits values into pieces that are matched whole: cookies and their attributes, directives, and the segments of a path before its query. Only values of the
/// names below are split, and never finer: whoever may guess at a secret learns no more than whether a whole piece was right.
/// </summary>
internal static class Pieces
{
    /// <summary>The most pieces; a value with more is not split.</summary>
    public const int Max = 64;

    private static readonly Dictionary<string, ValueForm> Forms = new(StringComparer.OrdinalIgnoreCase)
    {
        [ControlName.Target] = ValueForm.Path,
        ["Referer"] = ValueForm.Path,
        ["Location"] = ValueForm.Path,
        ["Content-Location"] = ValueForm.Path,
        ["Cookie"] = ValueForm.Semicolons,
        ["Set-Cookie"] = ValueForm.Semicolons,
        ["Cache-Control"] = ValueForm.Commas,
    };

    /// <summary>The static name of the pieces of that form.</summary>
    public static int NameOf(ValueForm form) => StaticNames.FirstPieces + (form - ValueForm.Path);

    /// <summary>What stands between the pieces of that form.</summary>
    public static string Separator(ValueForm form) => form switch
    {
        ValueForm.Path => "/",
        ValueForm.Semicolons => "; ",
        _ => ", ",
    };

    /// <summary>Whether the separator stands before a piece that is not the first: a query brings its own.</summary>
    public static bool IsSeparated(ValueForm form, ReadOnlySpan<char> piece) => form != ValueForm.Path || piece is not ['?', ..];

    /// <summary>The form that values of that name are split by, if any.</summary>
    public static bool TryGetForm(string name, out ValueForm form) => Forms.TryGetValue(name, out form);

    /// <summary>Splits a value; returns how many pieces, or 0 if it is better not split.</summary>
    public static int Split(string value, ValueForm form, Span<Range> pieces)
    {
        int query = form == ValueForm.Path ? value.IndexOf('?', StringComparison.Ordinal) : -1;
        int end = query < 0 ? value.Length : query;
        string separator = Separator(form);
        int count = 0;
        for (int start = 0; start <= end;)
        {
            int next = value.AsSpan(start, end - start).IndexOf(separator, StringComparison.Ordinal);
            int stop = next < 0 ? end : start + next;
            if (count >= Max - 1)
            {
                return 0;
            }

            pieces[count++] = start..stop;
            start = next < 0 ? end + 1 : stop + separator.Length;
        }

        if (query >= 0)
        {
            pieces[count++] = query..value.Length;
        }

        return count > 1 ? count : 0;
    }
}
