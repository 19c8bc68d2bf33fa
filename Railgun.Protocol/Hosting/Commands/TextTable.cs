namespace Railgun.Hosting.Commands;

/// <summary>Columns of text, as wide as they must be.</summary>
internal sealed class TextTable(params string[] headings)
{
    private readonly List<string[]> _rows = [];

    /// <summary>Adds a row with a cell for each heading.</summary>
    public void Add(params string[] cells) => _rows.Add(cells);

    /// <summary>Writes an empty line and the table; or <paramref name="otherwise"/> in its place, unless that is null.</summary>
    public void Write(TextWriter output, string? otherwise)
    {
        output.WriteLine();
        if (otherwise is not null)
        {
            output.WriteLine(otherwise);
            return;
        }

        int[] widths = [.. headings.Select((heading, i) => _rows.Select(row => row[i].Length).Append(heading.Length).Max())];
        foreach (string[] row in _rows.Prepend(headings))
        {
            output.WriteLine(string.Join("  ", row.Select((cell, i) => cell.PadRight(widths[i]))).TrimEnd());
        }
    }
}
