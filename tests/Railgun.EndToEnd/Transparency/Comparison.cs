namespace Railgun.EndToEnd.Transparency;

/// <summary>What two sights of one case have not in common, and what excuses it.</summary>
internal sealed class Comparison
{
    /// <summary>Compares.</summary>
    public Comparison(Case asked, Sight straight, Sight through)
    {
        List<string> left = [.. straight.Lines];
        List<string> right = [.. through.Lines.Where(line => !left.Remove(line))];
        foreach (string difference in left.Select(line => "- " + line).Concat(right.Select(line => "+ " + line)))
        {
            if (Allowances.All.FirstOrDefault(a => a.Excuses(asked, difference)) is { } allowance)
            {
                Reasons.Add(allowance.Reason);
            }
            else
            {
                Unexcused.Add(difference);
            }
        }
    }

    /// <summary>Differences that nothing excuses.</summary>
    public List<string> Unexcused { get; } = [];

    /// <summary>Why the others are there.</summary>
    public SortedSet<string> Reasons { get; } = new(StringComparer.Ordinal);
}
