using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration;
using Railgun.Hosting.Options;
using Railgun.Hosting.Running;

namespace Railgun.Hosting.Configuration;

/// <summary>Reads a daemon's configuration from all its layers and names every mistake in it.</summary>
internal static class ConfigurationLoader
{
    /// <summary>What variables of the environment begin with. <c>__</c> stands between a section and its key.</summary>
    public const string EnvironmentPrefix = "RAILGUN_";

    /// <summary>The variable that names the file.</summary>
    public const string FileVariable = "RAILGUN_CONFIG";

    private const int MaxFileBytes = 4 * 1024 * 1024;

    /// <summary>Loads, binds and validates.</summary>
    public static LoadedConfiguration<TOptions> Load<TOptions>(DaemonDescription<TOptions> daemon, ConfigurationInput input)
        where TOptions : DaemonOptions
    {
        var tree = new ConfigurationTree();
        var mistakes = new Mistakes(tree.SourceOf);
        var notes = new List<string>();
        string? file = LoadFile(input, tree, mistakes);
        var schema = new SchemaReader(daemon.Schema, mistakes);
        LoadEnvironment(input.Environment, schema, tree, notes);
        LoadFlags(input.Flags, tree);

        var options = (TOptions)schema.Read(tree.Root);
        options.Validate(mistakes);
        IConfigurationRoot configuration = new ConfigurationBuilder().AddInMemoryCollection(tree.Flatten()).Build();
        return new LoadedConfiguration<TOptions>(options, configuration, mistakes.All, notes, file);
    }

    private static string? LoadFile(ConfigurationInput input, ConfigurationTree tree, Mistakes mistakes)
    {
        string? named = input.File ?? input.Environment.GetValueOrDefault(FileVariable);
        string path = named ?? input.DefaultFile;
        try
        {
            if (named is null && !File.Exists(path))
            {
                return null;
            }

            if (new FileInfo(path).Length > MaxFileBytes)
            {
                mistakes.Add(path, "this is too long for a configuration", "name another file with --config");
                return path;
            }

            // Duplicates are refused: which of two values would count? Those that differ in case show as an argument's exception.
            JsonNode? content = JsonNode.Parse(
                File.ReadAllText(path),
                new JsonNodeOptions { PropertyNameCaseInsensitive = true },
                new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, AllowDuplicateProperties = false });
            if (content is JsonObject root)
            {
                tree.Load(root, path);
            }
            else
            {
                mistakes.Add(path, "this is not a JSON object", "write { … }");
            }
        }
        catch (JsonException e)
        {
            // The parser counts lines from 0, and its message ends with where it was.
            string what = e.Message.Split(" LineNumber:")[0].Split(" Path:")[0];
            mistakes.Add(path, string.Create(CultureInfo.InvariantCulture, $"this is not JSON, line {e.LineNumber + 1}: {what}"), "correct it there");
        }
        catch (ArgumentException e)
        {
            mistakes.Add(path, $"this is not JSON: {e.Message}", "correct it there");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            mistakes.Add(path, $"this can't be read: {e.Message}", "name a file that can with --config");
        }

        return path;
    }

    private static void LoadEnvironment(IReadOnlyDictionary<string, string> environment, SchemaReader schema, ConfigurationTree tree, List<string> notes)
    {
        foreach ((string name, string value) in environment.OrderBy(variable => variable.Key, StringComparer.Ordinal))
        {
            if (!name.StartsWith(EnvironmentPrefix, StringComparison.Ordinal) || name == FileVariable)
            {
                continue;
            }

            string[] keys = name[EnvironmentPrefix.Length..].Split("__");
            if (!schema.HasKey(keys[0]))
            {
                // Not a mistake: Kubernetes sets RAILGUN_LISTENER_SERVICE_HOST and the like for a service of that name.
                notes.Add($"{name} in the environment means nothing here");
            }
            else if (Array.TrueForAll(keys, key => key.Length > 0))
            {
                tree.Set(schema.SpellKeys(keys), JsonValue.Create(value), name);
            }
        }
    }

    private static void LoadFlags(IReadOnlyList<FlagValue> flags, ConfigurationTree tree)
    {
        foreach (FlagValue flag in flags)
        {
            JsonNode value = flag.Repeats
                ? new JsonArray([.. flag.Values.Select(item => (JsonNode)JsonValue.Create(item))])
                : JsonValue.Create(flag.Values[^1]);
            tree.Set(flag.Path.Split('.'), value, flag.Flag);
        }
    }
}
