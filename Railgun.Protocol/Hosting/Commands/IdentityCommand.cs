using System.CommandLine;
using Railgun.Protocol.Identity;

namespace Railgun.Hosting.Commands;

/// <summary><c>identity</c>: prints this node's fingerprint, and the line that makes the other side trust it. Makes the identity if there is none.</summary>
internal static class IdentityCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Build(
        FlagSet flags,
        Func<ParseResult, string> stateOf,
        string program,
        string otherProgram,
        Func<ParseResult, string> nameOf,
        TextWriter output,
        TextWriter error)
    {
        var quiet = new Option<bool>("--fingerprint") { Description = "Print the fingerprint alone, for scripts" };
        var command = new Command("identity", $"Print who this {program} is, and the line to run on the other side.") { quiet };
        flags.AddTo(command, CommonFlags.State);
        command.SetAction(parsed =>
        {
            try
            {
                string name = nameOf(parsed);
                using NodeIdentity identity = NodeIdentity.LoadOrCreate(stateOf(parsed), name, TimeProvider.System);
                output.WriteLine(parsed.GetValue(quiet) ? $"{identity.Fingerprint}" : $"{identity.Fingerprint}\n\nRun on the other side:\n  {PairingLine(otherProgram, identity.Fingerprint, name)}");
                return ExitCode.Success;
            }
            catch (IdentityException e)
            {
                error.WriteLine(e.Message);
                return ExitCode.Failure;
            }
        });
        return command;
    }

    /// <summary>The line that makes the other side trust this node.</summary>
    public static string PairingLine(string otherProgram, Fingerprint fingerprint, string name) => $"{otherProgram} trust {fingerprint} --name {name}";
}
