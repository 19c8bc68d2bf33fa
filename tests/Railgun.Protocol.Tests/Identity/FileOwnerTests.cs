using System.Diagnostics;
using Railgun.Protocol.Identity;

namespace Railgun.Protocol.Tests.Identity;

/// <summary>What root writes into the state directory of a daemon that runs as another user, that user can read.</summary>
[Platform(Include = "Linux")]
internal sealed class FileOwnerTests
{
    private const string Daemon = "54321:54322";

    [Test]
    public void Trust_and_identity_as_root_leave_files_of_the_daemons_user()
    {
        if (!Environment.IsPrivilegedProcess)
        {
            Assert.Ignore("Only root can give files away.");
        }

        using var scratch = new ScratchDirectory();
        string state = scratch["state"];
        StateFile.CreateDirectory(state);
        Run("chown", Daemon, state);

        using NodeIdentity identity = NodeIdentity.LoadOrCreate(state, "shop", TimeProvider.System);
        TrustedPeers.In(state).Add(identity.Fingerprint, "edge");

        foreach (string file in Directory.GetFiles(state))
        {
            Assert.That(Run("stat", "-c", "%u:%g %a", file), Is.EqualTo($"{Daemon} 600"), file);
        }

        Assert.That(Directory.GetFiles(state), Has.Length.EqualTo(3), "key, peers, lock");
    }

    private static string Run(string file, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(file, arguments) { RedirectStandardOutput = true })!;
        string output = process.StandardOutput.ReadToEnd().Trim();
        process.WaitForExit();
        Assert.That(process.ExitCode, Is.Zero);
        return output;
    }
}
