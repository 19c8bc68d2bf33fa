namespace Railgun.Fuzz;

/// <summary>Ends the program when an input takes too long: a loop without end can't be stopped from within.</summary>
internal sealed class Watchdog : IDisposable
{
    /// <summary>Much longer than any input takes on a busy machine.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private readonly Findings _findings;
    private readonly Timer _timer;
    private volatile byte[]? _input;
    private long _since;

    /// <summary>Makes a watchdog that writes what hangs to <paramref name="findings"/>.</summary>
    public Watchdog(Findings findings)
    {
        _findings = findings;
        _timer = new Timer(_ => Look(), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
    }

    /// <summary>An input begins; null: it has ended.</summary>
    public void Watch(byte[]? input)
    {
        Volatile.Write(ref _since, Environment.TickCount64);
        _input = input;
    }

    /// <inheritdoc/>
    public void Dispose() => _timer.Dispose();

    private void Look()
    {
        if (_input is { } input && Environment.TickCount64 - Volatile.Read(ref _since) > Limit.TotalMilliseconds)
        {
            Environment.FailFast($"An input takes longer than {Limit.TotalSeconds} s: {_findings.Write(input)}");
        }
    }
}
