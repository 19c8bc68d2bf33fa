using Railgun.Hosting.Options;
using Railgun.Hosting.Running;

namespace Railgun.Hosting.Commands;

/// <summary>The commands of a daemon: <c>run</c>, <c>trust</c>, <c>identity</c>, <c>status</c>, <c>check</c>.</summary>
internal static class DaemonCommandLine
{
    /// <summary>Runs the program.</summary>
    /// <returns>The exit code.</returns>
    public static Task<int> RunAsync<TOptions>(string[] args, DaemonDescription<TOptions> daemon)
        where TOptions : DaemonOptions
    {
        NativeHeap.Bound();
        return new CommandTree<TOptions>(daemon, Console.Out, Console.Error).InvokeAsync(args);
    }
}
