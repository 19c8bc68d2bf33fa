using System.Globalization;

namespace Railgun.Try.Visits;

/// <summary>Prints the rows as they come.</summary>
/// <param name="output">Where to.</param>
internal sealed class Table(TextWriter output)
{
    private const int PathWidth = 26;

    /// <summary>What stands above the columns.</summary>
    public void Begin()
    {
        output.WriteLine($"{"path",-PathWidth} {"body",10} {"link down",10} {"link up",8} {"share",7} {"first ms",9} {"last ms",8}  base, or why none");
        output.WriteLine(new string('-', PathWidth + 75));
    }

    /// <summary>One request.</summary>
    public void Add(Row row)
    {
        string path = row.Visit.Path.Length <= PathWidth ? row.Visit.Path : row.Visit.Path[..(PathWidth - 1)] + "…";
        long down = row.Use?.Down ?? 0;
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{path,-PathWidth} {row.Arrival.Body.Length,10:N0} {down,10:N0} {row.Use?.Up ?? 0,8:N0} {Share(down, row.Arrival.Body.Length),7} " +
            $"{row.Arrival.FirstByte.TotalMilliseconds,9:F1} {row.Arrival.LastByte.TotalMilliseconds,8:F1}  {row.Base}"));
        if (!row.IsExact)
        {
            output.WriteLine($"    WRONG: {row.Mistake}");
        }

        output.Flush();
    }

    /// <summary>A part of a whole, in percent.</summary>
    public static string Share(long part, long whole) =>
        whole == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{100.0 * part / whole:F2} %");
}
