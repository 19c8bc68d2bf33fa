using System.Globalization;

namespace Railgun.Try.Processes;

/// <summary>One of the two programs, with a state directory and an admin port of its own; it can be stopped and started again.</summary>
/// <param name="name">What it is called here: listener or sender.</param>
/// <param name="file">The executable.</param>
/// <param name="state">Its state directory: key and trusted peers.</param>
/// <param name="adminPort">The port of its admin endpoint, on loopback.</param>
internal sealed class Daemon(string name, string file, string state, int adminPort) : IAsyncDisposable
{
    private static readonly TimeSpan CommandPatience = TimeSpan.FromSeconds(20);

    private ChildProcess? _child;

    /// <summary>What it is called here.</summary>
    public string Name => name;

    /// <summary>Its executable.</summary>
    public string File => file;

    /// <summary>Its state directory.</summary>
    public string State => state;

    /// <summary>The admin endpoint's address.</summary>
    public Uri Admin { get; } = new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{adminPort}/"));

    /// <summary>Variables that it is started with, beside our own environment: <c>RAILGUN_SECTION__NAME</c> sets a value of the configuration.</summary>
    public Dictionary<string, string> Environment { get; } = [];

    /// <summary>The running process.</summary>
    public ChildProcess Child => _child ?? throw new InvalidOperationException($"The {name} was not started.");

    /// <summary>Whether it was started and has not ended.</summary>
    public bool IsRunning => _child is { HasExited: false };

    /// <summary>Each line of its standard output as it comes, over all starts.</summary>
    public event Action<string>? OutputLine;

    /// <summary>Runs one of its commands to the end, as a user would type it; <c>--state</c> is added.</summary>
    public async Task<CommandResult> CommandAsync(params IEnumerable<string> arguments)
    {
        await using ChildProcess child = ChildProcess.Start(file, [.. arguments, "--state", state]);
        using var patience = new CancellationTokenSource(CommandPatience);
        await child.WaitAsync(patience.Token);
        return new CommandResult(child.ExitCode, string.Join('\n', child.Output.Lines), string.Join('\n', child.Errors.Lines));
    }

    /// <summary>Starts it; <c>--state</c>, <c>--admin</c> and <c>--log-format json</c> are added.</summary>
    public void Start(params IEnumerable<string> arguments)
    {
        _child = ChildProcess.Start(
            file,
            [.. arguments, "--state", state, "--admin", $"127.0.0.1:{adminPort.ToString(CultureInfo.InvariantCulture)}", "--log-format", "json"],
            Environment);
        _child.Output.LineAdded += line => OutputLine?.Invoke(line);
    }

    /// <summary>What it wrote last, for a look when something went wrong.</summary>
    public string Logs()
    {
        if (_child is null)
        {
            return $"  {name}: not started";
        }

        string state = _child.HasExited ? string.Create(CultureInfo.InvariantCulture, $"ended with {_child.ExitCode}") : "running";
        return $"  {name} ({state}), standard error:\n{_child.Errors.Tail()}\n  {name}, standard output:\n{_child.Output.Tail()}";
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _child?.DisposeAsync() ?? ValueTask.CompletedTask;
}
