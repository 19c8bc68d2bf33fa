using System.Globalization;
using System.Text.Json.Nodes;

namespace Railgun.Hosting.Configuration;

/// <summary>
/// What file, environment and flags say, merged into one JSON tree whose keys do not mind case, with the origin of each value.
/// A stronger layer's list replaces a weaker one's whole.
/// </summary>
internal sealed class ConfigurationTree
{
    private static readonly JsonNodeOptions CaseInsensitive = new() { PropertyNameCaseInsensitive = true };

    private readonly Dictionary<string, string> _sources = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The tree.</summary>
    public JsonObject Root { get; private set; } = new(CaseInsensitive);

    /// <summary>Begins with a file's content.</summary>
    /// <exception cref="ArgumentException">Two keys of a section differ in case only; the tree stays empty.</exception>
    public void Load(JsonObject content, string source)
    {
        Note(content, "", source);
        Root = content;
    }

    /// <summary>
    /// Puts a value at a path of keys, in place of what a weaker layer said. A key on the way whose value is no section keeps it: that is a mistake which the
    /// schema names.
    /// </summary>
    public void Set(ReadOnlySpan<string> keys, JsonNode value, string source)
    {
        JsonObject section = Root;
        foreach (string key in keys[..^1])
        {
            if (section[key] is null)
            {
                section[key] = new JsonObject(CaseInsensitive);
            }

            if (section[key] is not JsonObject next)
            {
                return;
            }

            section = next;
        }

        section[keys[^1]] = value;
        _sources[string.Join('.', keys)] = source;
    }

    /// <summary>Who said what stands at a path, or the section around it; null for a default.</summary>
    public string? SourceOf(string path)
    {
        for (string at = path; ; at = at[..at.LastIndexOfAny(['.', '['])])
        {
            if (_sources.TryGetValue(at, out string? source))
            {
                return source;
            }

            if (at.LastIndexOfAny(['.', '[']) <= 0)
            {
                return null;
            }
        }
    }

    /// <summary>The tree as colon-separated keys, for Microsoft.Extensions.Configuration.</summary>
    public Dictionary<string, string?> Flatten()
    {
        var flat = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        Flatten(Root, "", flat);
        return flat;
    }

    private static void Flatten(JsonNode? node, string path, Dictionary<string, string?> flat)
    {
        switch (node)
        {
            case JsonObject section:
                foreach ((string key, JsonNode? value) in section)
                {
                    Flatten(value, path.Length == 0 ? key : $"{path}:{key}", flat);
                }

                break;
            case JsonArray list:
                for (int i = 0; i < list.Count; i++)
                {
                    Flatten(list[i], string.Create(CultureInfo.InvariantCulture, $"{path}:{i}"), flat);
                }

                break;
            default:
                flat[path] = node?.ToString();
                break;
        }
    }

    private void Note(JsonNode? node, string path, string source)
    {
        if (path.Length > 0)
        {
            _sources[path] = source;
        }

        if (node is JsonObject section)
        {
            foreach ((string key, JsonNode? value) in section)
            {
                Note(value, path.Length == 0 ? key : $"{path}.{key}", source);
            }
        }
    }
}
