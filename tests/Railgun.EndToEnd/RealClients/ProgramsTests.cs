using Railgun.Try.Processes;

namespace Railgun.EndToEnd.RealClients;

/// <summary>
/// Clients and servers that nobody here wrote: <c>deploy/lab/real-clients.sh</c> has them and their checks (curl, nginx, Apache, node, git, Chromium). What is not installed is left out, and told.
/// </summary>
[Category("RealClients")]
internal sealed class ProgramsTests
{
    private const int CannotBegin = 77;

    [Test]
    [CancelAfter(300_000)]
    public async Task Programs_that_nobody_here_wrote_work_through_the_pair(CancellationToken cancellation)
    {
        DirectoryInfo both = Directory.CreateTempSubdirectory("railgun-programs-");
        try
        {
            foreach (string file in (string[])[Executables.Listener, Executables.Sender])
            {
                File.CreateSymbolicLink(Path.Combine(both.FullName, Path.GetFileName(file)), file);
            }

            string script = Path.Combine(Executables.Root, "deploy", "lab", "real-clients.sh");
            await using ChildProcess run = ChildProcess.Start("bash", [script], new Dictionary<string, string> { [Executables.Variable] = both.FullName });
            await run.WaitAsync(cancellation);
            Judge(run);
        }
        finally
        {
            both.Delete(recursive: true);
        }
    }

    private static void Judge(ChildProcess run)
    {
        string told = string.Join('\n', run.Output.Lines);
        TestContext.Progress.WriteLine(told);
        if (run.ExitCode == CannotBegin)
        {
            Assert.Ignore(run.Errors.Lines.LastOrDefault(line => line.StartsWith("skipped", StringComparison.Ordinal)) ?? "real-clients.sh can't begin");
        }

        Assert.That(run.ExitCode, Is.Zero, $"{told}\n{run.Errors.Tail()}");
        string[] left = [.. run.Output.Lines.Where(line => line.StartsWith("skipped", StringComparison.Ordinal))];
        Assert.That(run.Output.Lines.Count(line => line.StartsWith("ok ", StringComparison.Ordinal)), Is.AtLeast(4));
        if (left.Length > 0)
        {
            Assert.Warn(string.Join('\n', left));
        }
    }
}
