using System.Collections;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace Railgun.Hosting.Configuration;

/// <summary>
/// Turns a JSON tree into options by their source-generated metadata, without reflection, and goes on after a mistake so that all are
/// named: unknown keys with what may have been meant, values with what to write.
/// </summary>
internal sealed class SchemaReader(JsonTypeInfo schema, Mistakes mistakes)
{
    /// <summary>Reads the whole.</summary>
    public object Read(JsonObject root) => ReadObject(root, schema, "");

    /// <summary>Whether the schema knows this key at its top.</summary>
    public bool HasKey(string key) => Find(schema, key) is not null;

    /// <summary>The keys as the schema spells them, as far as it knows them: the environment's are upper-case.</summary>
    public string[] SpellKeys(string[] keys)
    {
        JsonTypeInfo? at = schema;
        return Array.ConvertAll(keys, key =>
        {
            JsonPropertyInfo? property = at is { Kind: JsonTypeInfoKind.Object } ? Find(at, key) : null;
            at = property is null || IsOpen(property.PropertyType) ? null : InfoOf(property.PropertyType);
            return property?.Name ?? key;
        });
    }

    private object ReadObject(JsonObject node, JsonTypeInfo type, string path)
    {
        object result = type.CreateObject!();
        foreach ((string key, JsonNode? value) in node)
        {
            string at = path.Length == 0 ? key : $"{path}.{key}";
            JsonPropertyInfo? property = Find(type, key);
            if (property is null)
            {
                Unknown(type, key, at, path);
            }
            else if (value is not null && ReadValue(value, property.PropertyType, at) is { } read)
            {
                property.Set!(result, read);
            }
        }

        return result;
    }

    private object? ReadValue(JsonNode node, Type type, string path)
    {
        Type bare = Nullable.GetUnderlyingType(type) ?? type;
        if (IsOpen(bare))
        {
            return node is JsonObject ? node.DeepClone() : Wrong(path, "is no section", "write { … }");
        }

        JsonTypeInfo info = InfoOf(bare);
        return info.Kind switch
        {
            JsonTypeInfoKind.Object => node is JsonObject section ? ReadObject(section, info, path) : Wrong(path, "is no section", "write { … }"),
            JsonTypeInfoKind.Enumerable => ReadList(node, info, path),
            JsonTypeInfoKind.Dictionary => node is JsonObject map ? ReadMap(map, info, path) : Wrong(path, "is no section", "write { … }"),
            _ => ReadLeaf(node, info, path),
        };
    }

    private object? ReadList(JsonNode node, JsonTypeInfo type, string path)
    {
        if (node is JsonObject)
        {
            return Wrong(path, "is no list", "write [ … ]");
        }

        // One text stands for a list in the environment: its entries are separated by commas.
        JsonNode?[] items = node is JsonArray array
            ? [.. array]
            : [.. node.ToString().Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(item => (JsonNode)JsonValue.Create(item))];
        // An interface such as IReadOnlyList<string> can't be made; a List<string> fits it.
        var list = (IList)(type.CreateObject?.Invoke() ?? new List<string>());
        for (int i = 0; i < items.Length; i++)
        {
            string at = string.Create(CultureInfo.InvariantCulture, $"{path}[{i}]");
            if (items[i] is { } item && ReadValue(item, type.ElementType!, at) is { } read)
            {
                list.Add(read);
            }
        }

        return list;
    }

    private IDictionary ReadMap(JsonObject node, JsonTypeInfo type, string path)
    {
        var map = (IDictionary)type.CreateObject!();
        foreach ((string key, JsonNode? value) in node)
        {
            if (value is not null && ReadValue(value, type.ElementType!, $"{path}.{key}") is { } read)
            {
                map[key] = read;
            }
        }

        return map;
    }

    private object? ReadLeaf(JsonNode node, JsonTypeInfo info, string path)
    {
        if (node is not JsonValue)
        {
            return Wrong(path, "is no single value", $"write {LeafReader.Hint(info)}");
        }

        string text = node.ToString();
        return LeafReader.Read(text, info) ?? Wrong(path, $"'{text}' can't be understood", $"write {LeafReader.Hint(info)}");
    }

    private object? Wrong(string path, string what, string remedy)
    {
        mistakes.Add(path, what, remedy);
        return null;
    }

    private void Unknown(JsonTypeInfo type, string key, string path, string section)
    {
        string prefix = section.Length == 0 ? "" : section + ".";
        string? meant = Likeness.Nearest(key, type.Properties.Select(property => property.Name)) is { } near ? prefix + near : Elsewhere(schema, key, "");
        mistakes.Add(path, "there is no such key", meant is null ? $"remove it, or write one of {string.Join(", ", type.Properties.Select(property => property.Name))}" : $"did you mean {meant}?");
    }

    private string? Elsewhere(JsonTypeInfo type, string key, string path)
    {
        foreach (JsonPropertyInfo property in type.Properties)
        {
            string at = path.Length == 0 ? property.Name : $"{path}.{property.Name}";
            if (path.Length > 0 && property.Name.Equals(key, StringComparison.OrdinalIgnoreCase))
            {
                return at;
            }

            if (!IsOpen(property.PropertyType) && InfoOf(property.PropertyType) is { Kind: JsonTypeInfoKind.Object } section && Elsewhere(section, key, at) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    private static bool IsOpen(Type type) => type == typeof(JsonObject);

    private JsonTypeInfo InfoOf(Type type) => schema.Options.GetTypeInfo(Nullable.GetUnderlyingType(type) ?? type);

    private static JsonPropertyInfo? Find(JsonTypeInfo type, string key) =>
        type.Properties.FirstOrDefault(property => property.Name.Equals(key, StringComparison.OrdinalIgnoreCase) && property.Set is not null);
}
