using System.Globalization;

namespace Railgun.Hosting.Configuration;

/// <summary>All that is wrong in a configuration, gathered so that it can be put right in one go.</summary>
internal sealed class Mistakes
{
    private readonly List<Mistake> _all = [];
    private readonly Func<string, string?> _sourceOf;

    /// <summary>Gathers mistakes of values whose origin is not known.</summary>
    public Mistakes()
        : this(_ => null)
    {
    }

    /// <summary>Gathers mistakes.</summary>
    /// <param name="sourceOf">Who said what stands at a path.</param>
    public Mistakes(Func<string, string?> sourceOf) => _sourceOf = sourceOf;

    /// <summary>In the order found.</summary>
    public IReadOnlyList<Mistake> All => _all;

    /// <summary>Whether there is any.</summary>
    public bool Any => _all.Count > 0;

    /// <summary>Names one.</summary>
    /// <param name="path">Where.</param>
    /// <param name="what">What is wrong.</param>
    /// <param name="remedy">What to write instead: a phrase such as "write 1 to 16".</param>
    public void Add(string path, string what, string remedy) => _all.Add(new Mistake(path, what, remedy, _sourceOf(path)));

    /// <summary>Demands a number within bounds, both included.</summary>
    public void Range(string path, long value, long least, long most)
    {
        if (value < least || value > most)
        {
            string number = value.ToString(CultureInfo.InvariantCulture);
            Add(path, $"{number} is out of range", string.Create(CultureInfo.InvariantCulture, $"write {least} to {most}"));
        }
    }

    /// <summary>Demands a duration within bounds, both included.</summary>
    public void Range(string path, TimeSpan value, TimeSpan least, TimeSpan most)
    {
        if (value < least || value > most)
        {
            Add(path, $"{Duration.Format(value)} is out of range", $"write {Duration.Format(least)} to {Duration.Format(most)}");
        }
    }

    /// <summary>Demands a size within bounds, both included.</summary>
    public void Range(string path, ByteSize value, ByteSize least, ByteSize most)
    {
        if (value.CompareTo(least) < 0 || value.CompareTo(most) > 0)
        {
            Add(path, $"{value} is out of range", $"write {least} to {most}");
        }
    }

    /// <summary>Demands that a list is not too long.</summary>
    public void AtMost(string path, int count, int most)
    {
        if (count > most)
        {
            Add(path, string.Create(CultureInfo.InvariantCulture, $"{count} entries are too many"), string.Create(CultureInfo.InvariantCulture, $"write at most {most}"));
        }
    }
}
