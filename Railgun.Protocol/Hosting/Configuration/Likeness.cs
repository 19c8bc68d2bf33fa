namespace Railgun.Hosting.Configuration;

/// <summary>Finds what somebody may have meant.</summary>
internal static class Likeness
{
    private const int MaxLength = 64;

    /// <summary>The candidate nearest to <paramref name="written"/>; null if none is near: a third of its characters may differ, at most 3.</summary>
    public static string? Nearest(string written, IEnumerable<string> candidates)
    {
        string? best = null;
        int bestDistance = Math.Min(3, (written.Length / 3) + 1) + 1;
        foreach (string candidate in candidates)
        {
            int distance = Distance(written, candidate);
            if (distance < bestDistance)
            {
                (best, bestDistance) = (candidate, distance);
            }
        }

        return best;
    }

    // Levenshtein's, without regard to case.
    private static int Distance(string a, string b)
    {
        if (a.Length > MaxLength || b.Length > MaxLength)
        {
            return int.MaxValue;
        }

        Span<int> row = stackalloc int[b.Length + 1];
        for (int j = 0; j <= b.Length; j++)
        {
            row[j] = j;
        }

        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int cost = char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 1]) ? 0 : 1;
                int value = Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + cost);
                (diagonal, row[j]) = (row[j], value);
            }
        }

        return row[b.Length];
    }
}
