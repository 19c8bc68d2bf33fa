using System.Globalization;

namespace Railgun.Hosting.Metrics;

/// <summary>The tags of a measurement, in the order given, as a key.</summary>
internal sealed class TagSet(KeyValuePair<string, object?>[] tags) : IEquatable<TagSet>
{
    private readonly KeyValuePair<string, object?>[] _tags = tags;

    /// <summary>Compares keys with tags on the stack.</summary>
    public static TagSetComparer Comparer { get; } = new();

    /// <summary>The tags.</summary>
    public ReadOnlySpan<KeyValuePair<string, object?>> Tags => _tags;

    /// <summary>Names and values as text, sorted by name.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> ToText() =>
    [
        .. _tags.Select(tag => KeyValuePair.Create(tag.Key, Text(tag.Value))).OrderBy(tag => tag.Key, StringComparer.Ordinal),
    ];

    /// <inheritdoc/>
    public bool Equals(TagSet? other) => other is not null && TagSetComparer.AreEqual(_tags, other._tags);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as TagSet);

    /// <inheritdoc/>
    public override int GetHashCode() => TagSetComparer.Hash(_tags);

    private static string Text(object? value) => value switch
    {
        null => "",
        bool flag => flag ? "true" : "false",
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };
}
