using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Railgun.Hosting.Commands;

/// <summary><c>--help</c> with command lines that teach behind it.</summary>
internal sealed class HelpExamples : SynchronousCommandLineAction
{
    private readonly SynchronousCommandLineAction _help;
    private readonly IReadOnlyList<CommandExample> _examples;

    private HelpExamples(SynchronousCommandLineAction help, IReadOnlyList<CommandExample> examples)
    {
        _help = help;
        _examples = examples;
    }

    /// <summary>Puts the examples behind the help of the root command.</summary>
    public static void AddTo(RootCommand root, IReadOnlyList<CommandExample> examples)
    {
        foreach (HelpOption option in root.Options.OfType<HelpOption>())
        {
            option.Action = new HelpExamples((SynchronousCommandLineAction)option.Action!, examples);
        }
    }

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        int code = _help.Invoke(parseResult);
        if (parseResult.CommandResult.Command is not RootCommand)
        {
            return code;
        }

        TextWriter output = parseResult.InvocationConfiguration.Output;
        output.WriteLine("Examples:");
        foreach (CommandExample example in _examples)
        {
            output.WriteLine($"  # {example.Purpose}");
            output.WriteLine($"  {example.Line}");
        }

        output.WriteLine();
        output.WriteLine("Every flag can stand in the JSON file or in the environment as well (RAILGUN_LINK__LANES=4 for link.lanes).");
        output.WriteLine("A flag wins over the environment, the environment over the file, the file over the default.");
        return code;
    }
}
