using Microsoft.Extensions.Configuration;
using Railgun.Hosting.Admin;
using Railgun.Hosting.Commands;
using Railgun.Hosting.Running;

namespace Railgun.Hosting.Tests;

/// <summary>A daemon that does nothing but note what is done to it.</summary>
internal sealed class FakeDaemon(DaemonContext<FakeOptions> context) : IDaemon<FakeOptions>
{
    public DaemonContext<FakeOptions> Context { get; } = context;

    public List<string> Calls { get; } = [];

    public TaskCompletionSource Started { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Func<CancellationToken, Task> Drain { get; set; } = _ => Task.CompletedTask;

    public Exception? StartFailure { get; set; }

    public bool HasLiveLane { get; set; }

    public bool HasFallback { get; set; }

    public DaemonStatus Status { get; set; } = new([], []);

    public DaemonStatus GetStatus() => Status;

    public static DaemonDescription<FakeOptions> Describe(Func<DaemonContext<FakeOptions>, IDaemon<FakeOptions>>? create = null) => new()
    {
        Role = DaemonRole.Sender,
        Summary = "Sends pages.",
        Schema = FakeSchema.Default.FakeOptions,
        Flags =
        [
            new("--listener", "link.dial", "HOST:PORT", "Whom to dial", Repeated: true),
            new("--origin", "origin", "URL", "The origin"),
            new("--flag", "section.flag", null, "A switch"),
        ],
        FlagsOfTheOtherSide = ["--http", "--link"],
        Examples = [new("railgun-sender --listener edge.example --origin http://127.0.0.1:8080", "Send a site's pages to one listener")],
        Create = create ?? (context => new FakeDaemon(context)),
    };

    public Task<IReadOnlyList<string>> StartAsync(CancellationToken cancellation)
    {
        Calls.Add("start");
        if (StartFailure is not null)
        {
            throw StartFailure;
        }

        Started.SetResult();
        return Task.FromResult<IReadOnlyList<string>>(["origin: http://127.0.0.1:8080"]);
    }

    public void Reload(FakeOptions options, IConfigurationRoot configuration) => Calls.Add($"reload {options.Section.Count}");

    public Task DrainAsync(TimeSpan grace, CancellationToken force)
    {
        Calls.Add($"drain {grace.TotalSeconds}");
        return Drain(force);
    }

    public ValueTask DisposeAsync()
    {
        Calls.Add("dispose");
        return ValueTask.CompletedTask;
    }
}
