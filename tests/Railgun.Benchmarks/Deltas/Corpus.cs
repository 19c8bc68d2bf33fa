namespace Railgun.Benchmarks.Deltas;

/// <summary>Reads page histories: FOLDER/FAMILY/PAGE/0001.html, 0002.html, …</summary>
internal static class Corpus
{
    private const int Grams = 1 << 16;

    /// <summary>The folder of the families: <paramref name="folder"/>, or the first one in it that has any; null if there is none.</summary>
    public static string? Locate(string? folder) =>
        !Directory.Exists(folder) ? null
        : HasFamilies(folder) ? folder
        : Directory.GetDirectories(folder).Order(StringComparer.Ordinal).FirstOrDefault(HasFamilies);

    /// <summary>Successive versions of each page of the families that are histories.</summary>
    public static List<Pair> Successive(string folder, string? family)
    {
        var pairs = new List<Pair>();
        foreach (string path in Families(folder, family, siblings: false))
        {
            foreach (string page in Directory.GetDirectories(path).Order(StringComparer.Ordinal))
            {
                byte[]? before = null;
                foreach (string file in Directory.GetFiles(page).Order(StringComparer.Ordinal))
                {
                    byte[] bytes = File.ReadAllBytes(file);
                    if (before is not null)
                    {
                        pairs.Add(new Pair(Path.GetFileName(path), Path.GetRelativePath(path, file), before, bytes));
                    }

                    before = bytes;
                }
            }
        }

        return pairs;
    }

    /// <summary>The longest page of the first family that is a history.</summary>
    public static byte[] LongestOf(string folder) =>
        Successive(folder, Path.GetFileName(Families(folder, null, siblings: false).First())).MaxBy(pair => pair.Target.Length)!.Target;

    /// <summary>Each page of a template against the one of eight others that shares most 4-byte grams with it.</summary>
    public static List<Pair> Siblings(string folder, string? family)
    {
        var pairs = new List<Pair>();
        foreach (string path in Families(folder, family, siblings: true))
        {
            byte[][] pages = [.. Directory.GetDirectories(path).Order(StringComparer.Ordinal).Select(page => File.ReadAllBytes(Directory.GetFiles(page).Order(StringComparer.Ordinal).First()))];
            bool[][] grams = [.. pages.Select(GramsOf)];
            for (int i = 0; i < pages.Length; i++)
            {
                var random = new Random(i);
                int best = Enumerable.Range(0, pages.Length).Where(j => j != i).OrderBy(_ => random.Next()).Take(8)
                    .MaxBy(j => grams[i].Zip(grams[j], (a, b) => a && b).Count(shared => shared));
                pairs.Add(new Pair(Path.GetFileName(path), i.ToString("d3", null), pages[best], pages[i]));
            }
        }

        return pairs;
    }

    private static bool HasFamilies(string folder) =>
        Directory.GetDirectories(folder).SelectMany(Directory.GetDirectories).Any(static page => Directory.EnumerateFiles(page).Skip(1).Any());

    private static IEnumerable<string> Families(string folder, string? family, bool siblings) =>
        Directory.GetDirectories(folder).Order(StringComparer.Ordinal).Where(path =>
            Path.GetFileName(path).StartsWith("sib-", StringComparison.Ordinal) == siblings && (family is null || Path.GetFileName(path) == family));

    private static bool[] GramsOf(byte[] page)
    {
        var grams = new bool[Grams];
        for (int i = 0; i + 4 <= page.Length; i++)
        {
            grams[(BitConverter.ToUInt32(page, i) * 2654435761u) >> 16] = true;
        }

        return grams;
    }
}
