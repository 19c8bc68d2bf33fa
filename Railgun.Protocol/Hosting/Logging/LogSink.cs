using System.Globalization;
using System.Text;
using Railgun.Hosting.Options;

namespace Railgun.Hosting.Logging;

/// <summary>
/// Lines on their way to one stream. Writers copy into a bounded buffer and go on; a thread of its own empties it, so that a reader that stops reading
/// our output costs log lines (which are counted and said), never requests. Thread-safe.
/// </summary>
internal sealed class LogSink : IDisposable
{
    /// <summary>The most bytes that wait, by default: 1 MiB.</summary>
    public const int DefaultCapacity = 1024 * 1024;

    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(2);

    private readonly Stream _output;
    private readonly LogFormat _format;
    private readonly Thread _thread;
    private readonly object _lock = new();
    private byte[] _filling;
    private byte[] _emptying;
    private int _length;
    private bool _writing;
    private bool _closed;
    private long _dropped;

    /// <summary>Begins to write to <paramref name="output"/>, which stays the caller's.</summary>
    /// <param name="output">Where.</param>
    /// <param name="format">How our own note about dropped lines looks.</param>
    /// <param name="capacity">The most bytes that wait; a note fits always if it is at least 256.</param>
    public LogSink(Stream output, LogFormat format, int capacity = DefaultCapacity)
    {
        _output = output;
        _format = format;
        _filling = new byte[capacity];
        _emptying = new byte[capacity];
        _thread = new Thread(Empty) { IsBackground = true, Name = "log" };
        _thread.Start();
    }

    /// <summary>Queues a line; its end is added here. Dropped, and counted, if the buffer is full.</summary>
    public void WriteLine(ReadOnlySpan<byte> line)
    {
        lock (_lock)
        {
            if (_closed || line.Length + 1 > _filling.Length - _length)
            {
                _dropped++;
                return;
            }

            line.CopyTo(_filling.AsSpan(_length));
            _length += line.Length;
            _filling[_length++] = (byte)'\n';
            Monitor.PulseAll(_lock);
        }
    }

    /// <summary>Waits until everything queued so far is out, at most 2 seconds.</summary>
    public void Flush()
    {
        long start = Environment.TickCount64;
        lock (_lock)
        {
            while ((_length > 0 || _writing) && _thread.IsAlive && Environment.TickCount64 - start < LastWords.TotalMilliseconds)
            {
                Monitor.Wait(_lock, 20);
            }
        }
    }

    /// <summary>Writes what is queued, as long as the reader reads, and ends.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _closed = true;
            Monitor.PulseAll(_lock);
        }

        _thread.Join(LastWords);
    }

    private void Empty()
    {
        while (Take() is { Length: > 0 } taken)
        {
            try
            {
                _output.Write(taken.Span);
                _output.Flush();
            }
            catch (IOException)
            {
                // Nobody reads any more. What we do does not depend on being read.
            }
        }
    }

    private ReadOnlyMemory<byte> Take()
    {
        lock (_lock)
        {
            _writing = false;
            Monitor.PulseAll(_lock);
            while (_length == 0 && !_closed)
            {
                Monitor.Wait(_lock);
            }

            (_filling, _emptying) = (_emptying, _filling);
            int length = _length;
            _length = 0;
            _writing = length > 0;
            SayDropped();
            return _emptying.AsMemory(0, length);
        }
    }

    // Called right after the swap, so the note stands behind the lines that did fit.
    private void SayDropped()
    {
        if (_dropped > 0 && !_closed)
        {
            string words = string.Create(CultureInfo.InvariantCulture, $"{_dropped} log lines dropped: the output was not read");
            string note = _format == LogFormat.Json ? $"{{\"level\":\"warning\",\"message\":\"{words}\"}}\n" : $"warning {words}\n";
            _length = Encoding.ASCII.GetBytes(note, _filling);
            _dropped = 0;
        }
    }
}
