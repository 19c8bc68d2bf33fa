using System.CommandLine;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Railgun.Hosting.Admin;
using Railgun.Hosting.Configuration;

namespace Railgun.Hosting.Commands;

/// <summary><c>status</c>: asks the admin endpoint of the daemon that runs, and prints a table, or the JSON as it is.</summary>
internal static class StatusCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Build(FlagSet flags, Func<ParseResult, ListenAddress> adminOf, TextWriter output, TextWriter error)
    {
        var json = new Option<bool>("--json") { Description = "Print the JSON of /status" };
        var command = new Command("status", "Print peers, lanes, round trips, stores, hit rate and the last problems of the daemon that runs here.") { json };
        flags.AddTo(command, CommonFlags.Admin);
        command.SetAction((parsed, cancellation) => RunAsync(adminOf(parsed), parsed.GetValue(json), output, error, cancellation));
        return command;
    }

    private static async Task<int> RunAsync(ListenAddress admin, bool json, TextWriter output, TextWriter error, CancellationToken cancellation)
    {
        // Where it listens on all addresses it is asked on loopback.
        bool all = admin.Address.Equals(IPAddress.Any) || admin.Address.Equals(IPAddress.IPv6Any);
        ListenAddress address = all ? admin with { Address = IPAddress.Loopback } : admin;
        try
        {
            byte[] body = await AdminClient.GetAsync(address, "/status", cancellation);
            if (json)
            {
                await output.WriteLineAsync(System.Text.Encoding.UTF8.GetString(body).TrimEnd());
            }
            else
            {
                StatusTable.Write(output, JsonSerializer.Deserialize(body, StatusJson.Default.StatusReport)!);
            }

            return ExitCode.Success;
        }
        catch (Exception e) when (e is SocketException or IOException or OperationCanceledException or JsonException)
        {
            await error.WriteLineAsync($"No answer from http://{address}/status: {e.Message} Is the daemon running, with this --admin?");
            return ExitCode.Failure;
        }
    }
}
