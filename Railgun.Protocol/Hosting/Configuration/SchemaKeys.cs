using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace Railgun.Hosting.Configuration;

/// <summary>All keys that a configuration may have.</summary>
internal static class SchemaKeys
{
    /// <summary>Each key's path and what to write for it, in the options' order. <c>[]</c> stands for a list's entries, <c>NAME</c> for a map's keys.</summary>
    public static IEnumerable<(string Path, string Hint)> Of(JsonTypeInfo schema) => Of(schema, schema, "");

    private static IEnumerable<(string Path, string Hint)> Of(JsonTypeInfo schema, JsonTypeInfo type, string path) => type.Kind switch
    {
        JsonTypeInfoKind.Object => type.Properties.Where(property => property.Set is not null).SelectMany(property =>
            OfValue(schema, property.PropertyType, path.Length == 0 ? property.Name : $"{path}.{property.Name}")),
        JsonTypeInfoKind.Enumerable => IsSection(schema, type.ElementType!)
            ? OfValue(schema, type.ElementType!, path + "[]")
            : OfValue(schema, type.ElementType!, path).Select(entry => (entry.Path, "a list of: " + entry.Hint)),
        JsonTypeInfoKind.Dictionary => OfValue(schema, type.ElementType!, path + ".NAME"),
        _ => [(path, LeafReader.Hint(type))],
    };

    private static IEnumerable<(string Path, string Hint)> OfValue(JsonTypeInfo schema, Type type, string path)
    {
        Type bare = Nullable.GetUnderlyingType(type) ?? type;
        return bare == typeof(JsonObject) ? [(path, "a section of its own form")] : Of(schema, schema.Options.GetTypeInfo(bare), path);
    }

    private static bool IsSection(JsonTypeInfo schema, Type type) => schema.Options.GetTypeInfo(type).Kind != JsonTypeInfoKind.None;
}
