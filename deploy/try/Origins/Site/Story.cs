namespace Railgun.Try.Origins.Site;

/// <summary>One story of the newspaper.</summary>
internal sealed class Story
{
    /// <summary>Counts up from 1; part of its path.</summary>
    public required int Number { get; init; }

    /// <summary>What it is called.</summary>
    public required string Headline { get; init; }

    /// <summary>Where it belongs.</summary>
    public required string Section { get; init; }

    /// <summary>Who wrote it.</summary>
    public required string Author { get; init; }

    /// <summary>A few sentences for the front page.</summary>
    public required string Summary { get; init; }

    /// <summary>The text.</summary>
    public required IReadOnlyList<string> Paragraphs { get; init; }

    /// <summary>When it appeared, by the site's own clock.</summary>
    public required DateTimeOffset Published { get; init; }

    /// <summary>How often it was read.</summary>
    public int Readers { get; set; }

    /// <summary>What readers wrote below it, newest last.</summary>
    public List<string> Comments { get; } = [];

    /// <summary>Its path on the site.</summary>
    public string Path => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"/articles/{Number}");
}
