using System.Runtime.InteropServices;

namespace Railgun.Hosting.Running;

/// <summary>SIGTERM and SIGINT: the first asks to drain, the second to end at once. SIGHUP: read the configuration again.</summary>
internal sealed class StopSignals : IDisposable
{
    private readonly TaskCompletionSource<string> _stop = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _force = new();
    private readonly List<PosixSignalRegistration> _registrations = [];
    private int _stops;

    /// <summary>Begins to listen to signals.</summary>
    /// <param name="reload">What SIGHUP does; runs on a thread of the runtime's and must not throw.</param>
    public StopSignals(Action reload)
    {
        _registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnStop));
        _registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGINT, OnStop));
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        _registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGHUP, context =>
        {
            context.Cancel = true;
            reload();
        }));
    }

    /// <summary>Completes with the signal's name when the first has come.</summary>
    public Task<string> Stop => _stop.Task;

    /// <summary>Cancelled by the second signal.</summary>
    public CancellationToken Force => _force.Token;

    /// <summary>A stop as if by a signal.</summary>
    public void RequestStop(string reason)
    {
        if (Interlocked.Increment(ref _stops) == 1)
        {
            _stop.TrySetResult(reason);
        }
        else
        {
            _force.Cancel();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _registrations.ForEach(registration => registration.Dispose());
        _force.Dispose();
    }

    private void OnStop(PosixSignalContext context)
    {
        context.Cancel = true;
        RequestStop(context.Signal.ToString());
    }
}
