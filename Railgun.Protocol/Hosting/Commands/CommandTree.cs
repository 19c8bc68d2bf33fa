using System.CommandLine;
using Railgun.Hosting.Configuration;
using Railgun.Hosting.Options;
using Railgun.Hosting.Running;

namespace Railgun.Hosting.Commands;

/// <summary>Builds a daemon's commands and hands the command line to the one that it names; <c>run</c> if none.</summary>
internal sealed class CommandTree<TOptions>
    where TOptions : DaemonOptions
{
    private readonly DaemonDescription<TOptions> _daemon;
    private readonly TextWriter _output;
    private readonly TextWriter _error;
    private readonly FlagSet _flags;

    /// <summary>Makes the tree.</summary>
    public CommandTree(DaemonDescription<TOptions> daemon, TextWriter output, TextWriter error)
    {
        _daemon = daemon;
        _output = output;
        _error = error;
        _flags = new FlagSet(daemon.Program, CommonFlags.For(daemon.Program, daemon.AdminPort), daemon.Flags);
    }

    /// <summary>Parses and runs.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> InvokeAsync(string[] args)
    {
        if (args.Select(FlagSet.NameOf).FirstOrDefault(_daemon.FlagsOfTheOtherSide.Contains) is { } foreign)
        {
            await _error.WriteLineAsync(
                $"{foreign} belongs to the other side: you want {_daemon.OtherProgram} here, or another flag.\n"
                + "The sender stands next to the origin, the listener on the edge where clients come in.");
            return ExitCode.Mistake;
        }

        ParseResult parsed = Build().Parse(args);
        if (parsed.Errors.Count > 0)
        {
            await SayParseErrorsAsync(parsed);
            return ExitCode.Mistake;
        }

        return await parsed.InvokeAsync(new InvocationConfiguration { Output = _output, Error = _error, ProcessTerminationTimeout = null });
    }

    private RootCommand Build()
    {
        var root = new RootCommand(_daemon.Summary);
        _flags.AddAllTo(root);
        root.SetAction(RunAsync);
        var run = new Command("run", "Run the daemon (what happens without a command).");
        _flags.AddAllTo(run);
        run.SetAction(RunAsync);
        var check = new Command("check", "Name every mistake in the configuration; exit code 0 if there is none, 2 if there is.");
        _flags.AddAllTo(check);
        var keys = new Option<bool>("--keys") { Description = "List every key that the configuration may have, and what to write for it" };
        check.Add(keys);
        check.SetAction(parsed =>
        {
            var command = new CheckCommand<TOptions>(_daemon, _output, _error);
            return parsed.GetValue(keys) ? command.ListKeys() : command.Run(Load(parsed));
        });

        root.Add(run);
        root.Add(TrustCommand.Build(_flags, parsed => StateOf(parsed), _output, _error));
        root.Add(IdentityCommand.Build(_flags, parsed => StateOf(parsed), _daemon.Program, _daemon.OtherProgram, NameOf, _output, _error));
        root.Add(StatusCommand.Build(_flags, parsed => AdminOf(parsed), _output, _error));
        root.Add(check);
        HelpExamples.AddTo(root, _daemon.Examples);
        return root;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        LoadedConfiguration<TOptions> loaded = Load(parsed);
        if (loaded.Mistakes.Count > 0)
        {
            return new CheckCommand<TOptions>(_daemon, _output, _error).Run(loaded);
        }

        RunSurroundings surroundings = RunSurroundings.OfThisProcess(_error);
        using StopSignals signals = surroundings.Signals;
        return await new DaemonRunner<TOptions>(_daemon, loaded, () => Load(parsed), surroundings).RunAsync();
    }

    private LoadedConfiguration<TOptions> Load(ParseResult parsed) => ConfigurationLoader.Load(_daemon, _flags.InputOf(parsed));

    // What these commands need stands even where something else in the configuration is wrong.
    private string StateOf(ParseResult parsed) => StateDirectory.Of(Load(parsed).Options, _daemon.Program);

    private string NameOf(ParseResult parsed) => NodeName.Of(Load(parsed).Options, _daemon.Role);

    private ListenAddress AdminOf(ParseResult parsed) => Load(parsed).Options.Admin.Endpoint ?? new ListenAddress(System.Net.IPAddress.Loopback, _daemon.AdminPort);

    private async Task SayParseErrorsAsync(ParseResult parsed)
    {
        foreach (System.CommandLine.Parsing.ParseError error in parsed.Errors)
        {
            await _error.WriteLineAsync(error.Message);
        }

        foreach (string token in parsed.UnmatchedTokens)
        {
            if (Likeness.Nearest(FlagSet.NameOf(token), _flags.Names.Concat(["run", "trust", "identity", "status", "check"])) is { } meant)
            {
                await _error.WriteLineAsync($"Did you mean {meant}?");
            }
        }

        await _error.WriteLineAsync($"See: {_daemon.Program} --help");
    }
}
