using Railgun.Hosting.Configuration;
using Railgun.Hosting.Options;
using Railgun.Hosting.Running;

namespace Railgun.Hosting.Commands;

/// <summary><c>check</c>: says what is wrong with a configuration, all of it.</summary>
internal sealed class CheckCommand<TOptions>(DaemonDescription<TOptions> daemon, TextWriter output, TextWriter error)
    where TOptions : DaemonOptions
{
    /// <summary>Says it.</summary>
    /// <returns>The exit code.</returns>
    public int Run(LoadedConfiguration<TOptions> loaded)
    {
        foreach (string note in loaded.Notes)
        {
            error.WriteLine($"note: {note}");
        }

        foreach (Mistake mistake in loaded.Mistakes)
        {
            error.WriteLine($"{mistake}");
        }

        if (loaded.Mistakes.Count > 0)
        {
            error.WriteLine(loaded.Mistakes.Count == 1 ? "1 mistake in the configuration." : $"{loaded.Mistakes.Count} mistakes in the configuration.");
            return ExitCode.Mistake;
        }

        output.WriteLine($"The configuration of {daemon.Program} is fine ({loaded.File ?? "no file"}).");
        return ExitCode.Success;
    }
    /// <summary>Lists every key that the configuration may have.</summary>
    /// <returns>The exit code.</returns>
    public int ListKeys()
    {
        var table = new TextTable("key", "write");
        foreach ((string path, string hint) in SchemaKeys.Of(daemon.Schema))
        {
            table.Add(path, hint);
        }

        table.Write(output, otherwise: null);
        return ExitCode.Success;
    }
}
