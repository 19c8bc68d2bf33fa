using System.CommandLine;
using System.Net;
using System.Text.Json;
using Railgun.Hosting.Admin;
using Railgun.Hosting.Configuration;

namespace Railgun.Hosting.Commands;

/// <summary><c>status</c>: asks the admin endpoint of the daemon that runs, and prints a table, or the JSON as it is.</summary>
internal static class StatusCommand
{
    private const long MaxReport = 16 * 1024 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

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
        var url = new Uri($"http://{(all ? admin with { Address = IPAddress.Loopback } : admin)}/status");
        try
        {
            using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false, ConnectTimeout = Patience }) { Timeout = Patience, MaxResponseContentBufferSize = MaxReport };
            using HttpResponseMessage response = await client.GetAsync(url, cancellation);
            response.EnsureSuccessStatusCode();
            byte[] body = await response.Content.ReadAsByteArrayAsync(cancellation);
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
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException or JsonException)
        {
            await error.WriteLineAsync($"No answer from {url}: {e.Message} Is the daemon running, with this --admin?");
            return ExitCode.Failure;
        }
    }
}
