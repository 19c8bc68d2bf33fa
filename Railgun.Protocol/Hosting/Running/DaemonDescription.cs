using System.Text.Json.Serialization.Metadata;
using Railgun.Hosting.Commands;
using Railgun.Hosting.Options;

namespace Railgun.Hosting.Running;

/// <summary>All that the shared commands need to know of one daemon. Its <c>Program.cs</c> passes one to <see cref="DaemonCommandLine"/>.</summary>
/// <typeparam name="TOptions">The daemon's options.</typeparam>
internal sealed class DaemonDescription<TOptions>
    where TOptions : DaemonOptions
{
    /// <summary>Which daemon.</summary>
    public required DaemonRole Role { get; init; }

    /// <summary>What it does, for <c>--help</c>: one or two sentences.</summary>
    public required string Summary { get; init; }

    /// <summary>
    /// The options' metadata from a source-generated context with camel-case names. Values may be strings, booleans, whole numbers, enums, <see cref="TimeSpan"/>,
    /// <see cref="Uri"/>, <see cref="Configuration.ITextValue{TSelf}"/>s, lists and string-keyed dictionaries of them, nested classes, and
    /// <see cref="System.Text.Json.Nodes.JsonObject"/> for a section that somebody else reads (YARP's, Kestrel's).
    /// </summary>
    public required JsonTypeInfo<TOptions> Schema { get; init; }

    /// <summary>The daemon's own flags; the common ones are always there.</summary>
    public required IReadOnlyList<DaemonFlag> Flags { get; init; }

    /// <summary>Flags that belong to the other daemon: whoever gives one is told so.</summary>
    public required IReadOnlyList<string> FlagsOfTheOtherSide { get; init; }

    /// <summary>Command lines that teach, for <c>--help</c>.</summary>
    public required IReadOnlyList<CommandExample> Examples { get; init; }

    /// <summary>Makes the daemon; nothing is opened yet.</summary>
    public required Func<DaemonContext<TOptions>, IDaemon<TOptions>> Create { get; init; }

    /// <summary>The executable's name.</summary>
    public string Program => Role == DaemonRole.Listener ? "railgun-listener" : "railgun-sender";

    /// <summary>The executable on the other side.</summary>
    public string OtherProgram => Role == DaemonRole.Listener ? "railgun-sender" : "railgun-listener";

    /// <summary>The admin endpoint's port on 127.0.0.1 unless another is configured.</summary>
    public int AdminPort => Role == DaemonRole.Listener ? 2409 : 2410;
}
