namespace Railgun.Fuzz;

/// <summary>
/// Ends the program when an input takes too long: a loop without end can't be stopped from within. A loop is known by the processor's time, so that a busy machine, or a program that was stopped for
/// a while, raises no false alarm; what waits for ever takes none, and is known by the clock.
/// </summary>
internal sealed class Watchdog : IDisposable
{
    /// <summary>Much more processor time than any input takes.</summary>
    private static readonly TimeSpan Work = TimeSpan.FromSeconds(20);

    /// <summary>So often the program has looked, a second apart: time in which it was stopped does not count.</summary>
    private const int Looks = 300;

    private readonly Findings _findings;
    private readonly Timer _timer;
    private volatile byte[]? _input;
    private byte[]? _seen;
    private TimeSpan _workThen;
    private int _looks;

    /// <summary>Makes a watchdog that writes what hangs to <paramref name="findings"/>.</summary>
    public Watchdog(Findings findings)
    {
        _findings = findings;
        _timer = new Timer(_ => Look(), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
    }

    /// <summary>An input begins; null: it has ended.</summary>
    public void Watch(byte[]? input) => _input = input;

    /// <inheritdoc/>
    public void Dispose() => _timer.Dispose();

    // Only here, once a second, is the processor's time asked for: that costs more than many an input.
    private void Look()
    {
        byte[]? input = _input;
        if (input is null || input != _seen)
        {
            _seen = input;
            _workThen = Environment.CpuUsage.TotalTime;
            _looks = 0;
            return;
        }

        if (Environment.CpuUsage.TotalTime - _workThen > Work || ++_looks > Looks)
        {
            Environment.FailFast($"An input takes too long, more than {Work.TotalSeconds} s of a processor or {Looks} s in all: {_findings.Write(input)}");
        }
    }
}
