using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Railgun.Protocol.Tests.WireFormat;

/// <summary>WIRE_FORMAT.md: its fenced blocks and its tables.</summary>
internal static partial class WireFormatPage
{
    private static readonly string[] Lines = File.ReadAllLines(Find());

    /// <summary>The bytes of each block that is marked <c>hex NAME</c>; what follows a semicolon does not count.</summary>
    public static IReadOnlyDictionary<string, byte[]> Examples { get; } = Blocks()
        .Where(b => b.Mark.StartsWith("hex ", StringComparison.Ordinal))
        .ToDictionary(b => b.Mark[4..], b => Convert.FromHexString(string.Concat(b.Lines.Select(l => l.Split(';')[0].Replace(" ", "", StringComparison.Ordinal)))));

    /// <summary>The words of the block marked <c>names</c>.</summary>
    public static string[] Names { get; } =
        [.. Blocks().Single(b => b.Mark == "names").Lines.SelectMany(l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries))];

    /// <summary>The cells of the table whose first row begins with these two, without that row.</summary>
    public static List<string[]> Table(string first, string second) =>
    [
        .. Lines.SkipWhile(l => !l.StartsWith($"| {first} | {second} |", StringComparison.Ordinal))
            .Skip(2)
            .TakeWhile(l => l.StartsWith('|'))
            .Select(l => l.Trim('|').Split('|').Select(c => c.Trim()).ToArray()),
    ];

    /// <summary>Words as an enum's member: <c>unknown peer</c>, <c>GO_AWAY</c> and <c>dense delta</c> become <c>unknownpeer</c>, <c>goaway</c>, <c>densedelta</c>.</summary>
    public static string Member(string words) => NoLetters().Replace(words.Split(':')[0], "").ToLowerInvariant();

    private static IEnumerable<(string Mark, List<string> Lines)> Blocks()
    {
        string? mark = null;
        List<string> block = [];
        foreach (string line in Lines)
        {
            bool fence = line.StartsWith("```", StringComparison.Ordinal);
            if (fence && mark is null)
            {
                (mark, block) = (line[3..], []);
            }
            else if (fence)
            {
                yield return (mark!, block);
                mark = null;
            }
            else if (mark is not null)
            {
                block.Add(line);
            }
        }
    }

    private static string Find([CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "Railgun.Protocol", "WIRE_FORMAT.md");

    [GeneratedRegex("[^A-Za-z0-9]")]
    private static partial Regex NoLetters();
}
