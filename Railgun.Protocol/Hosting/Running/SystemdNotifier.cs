using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Railgun.Hosting.Running;

/// <summary>
/// Tells systemd how the service is (sd_notify(3)): ready, reloading, stopping, and that it is alive (watchdog). Does nothing where systemd does not ask.
/// </summary>
internal sealed class SystemdNotifier : IDisposable
{
    private readonly string? _socket;
    private readonly TimeSpan? _watchdog;
    private readonly TimeProvider _time;
    private ITimer? _timer;

    /// <summary>Makes one from what systemd put into the environment.</summary>
    /// <param name="environment"><c>NOTIFY_SOCKET</c>, <c>WATCHDOG_USEC</c>, <c>WATCHDOG_PID</c>.</param>
    /// <param name="time">Drives the watchdog.</param>
    public SystemdNotifier(IReadOnlyDictionary<string, string> environment, TimeProvider time)
    {
        _time = time;
        _socket = environment.GetValueOrDefault("NOTIFY_SOCKET") is { Length: > 0 } path ? path : null;
        bool ours = !environment.TryGetValue("WATCHDOG_PID", out string? pid) || pid == Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        if (_socket is not null && ours && long.TryParse(environment.GetValueOrDefault("WATCHDOG_USEC"), NumberStyles.None, CultureInfo.InvariantCulture, out long microseconds) && microseconds > 0)
        {
            _watchdog = TimeSpan.FromMicroseconds(microseconds);
        }
    }

    /// <summary>The service does its work now; from here on the watchdog is fed, at half its period.</summary>
    public void Ready(string status)
    {
        Send($"READY=1\nSTATUS={status}");
        if (_watchdog is { } period && _timer is null)
        {
            _timer = _time.CreateTimer(static state => ((SystemdNotifier)state!).Send("WATCHDOG=1"), this, period / 2, period / 2);
        }
    }

    /// <summary>The configuration is being read again; <see cref="Ready"/> must follow.</summary>
    public void Reloading()
    {
        // CLOCK_MONOTONIC in microseconds, as Type=notify-reload demands: on Linux the stopwatch reads that clock.
        long microseconds = (long)Stopwatch.GetElapsedTime(0).TotalMicroseconds;
        Send(string.Create(CultureInfo.InvariantCulture, $"RELOADING=1\nMONOTONIC_USEC={microseconds}"));
    }

    /// <summary>The service drains and will end.</summary>
    /// <param name="status">What it does, for people.</param>
    /// <param name="within">How long that may take, should it be longer than the unit's own patience.</param>
    public void Stopping(string status, TimeSpan within) =>
        Send(string.Create(CultureInfo.InvariantCulture, $"STOPPING=1\nSTATUS={status}\nEXTEND_TIMEOUT_USEC={(long)within.TotalMicroseconds}"));

    /// <inheritdoc/>
    public void Dispose() => _timer?.Dispose();

    private void Send(string message)
    {
        if (_socket is null)
        {
            return;
        }

        try
        {
            using var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);

            // A leading @ stands for the zero byte of the abstract name space.
            socket.SendTo(Encoding.UTF8.GetBytes(message), new UnixDomainSocketEndPoint(_socket[0] == '@' ? '\0' + _socket[1..] : _socket));
        }
        catch (SocketException)
        {
            // Nobody there to be told; the service goes on.
        }
    }
}
