using System.CommandLine;
using Railgun.Hosting.Configuration;

namespace Railgun.Hosting.Commands;

/// <summary>All flags of a daemon as command-line options, and what they say once parsed.</summary>
internal sealed class FlagSet
{
    private readonly string _defaultFile;
    private readonly Option<string?> _config;
    private readonly List<(DaemonFlag Flag, Option Option)> _options = [];

    /// <summary>Makes options of flags.</summary>
    public FlagSet(string program, IReadOnlyList<DaemonFlag> common, IReadOnlyList<DaemonFlag> own)
    {
        _defaultFile = $"/etc/railgun/{program}.json";
        _config = new Option<string?>("--config") { HelpName = "FILE", Description = $"JSON file with the configuration [default: {_defaultFile}, if it is there]" };
        foreach (DaemonFlag flag in own.Concat(common))
        {
            Option option = flag switch
            {
                { Value: null } => new Option<bool>(flag.Name) { Description = flag.Description },
                { Repeated: true } => new Option<string[]>(flag.Name) { Description = flag.Description, HelpName = flag.Value },
                _ => new Option<string?>(flag.Name) { Description = flag.Description, HelpName = flag.Value },
            };
            _options.Add((flag, option));
        }
    }

    /// <summary>The names of all.</summary>
    public IEnumerable<string> Names => _options.Select(entry => entry.Flag.Name).Append(_config.Name);

    /// <summary>The flag's name in an argument: <c>--http</c> of <c>--http=0.0.0.0:80</c>.</summary>
    public static string NameOf(string argument)
    {
        int end = argument.AsSpan().IndexOfAny('=', ':');
        return argument.StartsWith("--", StringComparison.Ordinal) && end > 0 ? argument[..end] : argument;
    }

    /// <summary>Adds all of them.</summary>
    public void AddAllTo(Command command)
    {
        command.Add(_config);
        _options.ForEach(entry => command.Add(entry.Option));
    }

    /// <summary>Adds <c>--config</c> and one more.</summary>
    public void AddTo(Command command, string name)
    {
        command.Add(_config);
        command.Add(_options.Find(entry => entry.Flag.Name == name).Option);
    }

    /// <summary>What was given.</summary>
    public ConfigurationInput InputOf(ParseResult parsed)
    {
        var given = new List<FlagValue>();
        foreach ((DaemonFlag flag, Option option) in _options)
        {
            if (parsed.GetResult(option) is { Implicit: false } result)
            {
                IReadOnlyList<string> values = flag.Value is null && result.Tokens.Count == 0 ? ["true"] : [.. result.Tokens.Select(token => token.Value)];
                given.Add(new FlagValue(flag.Name, flag.Path, values, flag.Repeated));
            }
        }

        return new ConfigurationInput(parsed.GetValue(_config), _defaultFile, ConfigurationInput.ProcessEnvironment(), given);
    }
}
