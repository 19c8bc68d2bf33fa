using Railgun.EndToEnd.Harness;
using Railgun.Try.Processes;

namespace Railgun.EndToEnd.Chaos;

/// <summary>Does to a pair under load what happens to one: sides that stop and go on, lines that are cut, sides that are restarted, politely and not.</summary>
/// <param name="pair">The pair; its sender dials <paramref name="relay"/>.</param>
/// <param name="relay">Carries the link.</param>
internal sealed class Troubles(RunningPair pair, LinkRelay relay)
{
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(1.5);
    private static readonly TimeSpan LongestStop = TimeSpan.FromSeconds(4);

    private readonly Random _random = new(4);
    private readonly List<string> _made = [];

    /// <summary>What was done, in order.</summary>
    public IReadOnlyList<string> Made => _made;

    /// <summary>Makes trouble until it is told to stop; each kind in turn.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        Func<Task>[] kinds = [CutAsync, () => StopAsync(pair.Pair.Sender), () => RestartAsync(pair.Pair.Sender), CutAsync, () => StopAsync(pair.Pair.Listener), () => RestartAsync(pair.Pair.Listener)];
        for (int i = 0; !stopping.IsCancellationRequested; i++)
        {
            await kinds[i % kinds.Length]();
            await Task.Delay(Between, CancellationToken.None);
        }
    }

    /// <summary>Starts the sender, which dials the relay.</summary>
    public void StartSender() => pair.Pair.Sender.Start("--listener", relay.Address, "--origin", pair.Origin.Address.GetLeftPart(UriPartial.Authority));

    private Task CutAsync()
    {
        _made.Add("cut");
        relay.Cut();
        return Task.CompletedTask;
    }

    private async Task StopAsync(Daemon daemon)
    {
        _made.Add($"{daemon.Name} stopped");
        daemon.Child.Send(Signal.Stop);
        await Task.Delay(LongestStop * _random.NextDouble());
        daemon.Child.Send(Signal.Continue);
    }

    private async Task RestartAsync(Daemon daemon)
    {
        bool force = _random.Next(2) == 0;
        _made.Add($"{daemon.Name} {(force ? "killed" : "restarted")}");
        await (force ? daemon.Child.KillAsync() : daemon.Child.StopAsync());
        if (daemon == pair.Pair.Sender)
        {
            StartSender();
        }
        else
        {
            pair.StartListener();
        }

        await pair.Pair.ReadyAsync();
    }
}
