using System.Runtime.InteropServices;

namespace Railgun.Hosting.Running;

/// <summary>SIGTERM and SIGINT: the first asks to drain, the second to end at once, the third ends the process. SIGHUP: read the configuration again.</summary>
internal sealed class StopSignals : IDisposable
{
    private readonly TaskCompletionSource<string> _stop = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _force = new();
    private readonly List<PosixSignalRegistration> _registrations = [];
    private int _stops;

    /// <summary>Raised on SIGHUP, on a thread of the runtime's. Handlers must not throw.</summary>
    public event Action? ReloadRequested;

    /// <summary>Completes with the signal's name when the first has come.</summary>
    public Task<string> Stop => _stop.Task;

    /// <summary>Cancelled by the second signal.</summary>
    public CancellationToken Force => _force.Token;

    /// <summary>The signals of this process.</summary>
    public static StopSignals OfThisProcess()
    {
        var signals = new StopSignals();
        signals.On(PosixSignal.SIGTERM, signals.RequestStop);
        signals.On(PosixSignal.SIGINT, signals.RequestStop);
        if (!OperatingSystem.IsWindows())
        {
            signals.On(PosixSignal.SIGHUP, _ => signals.RequestReload());
        }

        return signals;
    }

    /// <summary>A stop, as by a signal.</summary>
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

    /// <summary>A reload, as by SIGHUP.</summary>
    public void RequestReload() => ReloadRequested?.Invoke();

    /// <inheritdoc/>
    public void Dispose()
    {
        _registrations.ForEach(registration => registration.Dispose());
        _force.Dispose();
    }

    private void On(PosixSignal signal, Action<string> request) => _registrations.Add(PosixSignalRegistration.Create(signal, context =>
    {
        // Where this is false the runtime ends the process.
        context.Cancel = Volatile.Read(ref _stops) < 2 || signal == PosixSignal.SIGHUP;
        request(context.Signal.ToString());
    }));
}
