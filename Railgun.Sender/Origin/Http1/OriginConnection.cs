using System.Buffers;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Text;

namespace Railgun.Sender.Origin.Http1;

/// <summary>
/// One connection to the origin, with what was read of it and not yet taken, and what is to be written. One reader and one writer at a time, which may be
/// different threads. Owns two pooled buffers while it serves; an idle one owns none.
/// </summary>
internal sealed class OriginConnection(Socket socket, Stream stream, long opened) : IDisposable
{
    /// <summary>What is gathered before it is written, in bytes.</summary>
    public const int OutputSize = 32 * 1024;

    private const int InputSize = 16 * 1024;

    // Below this a read of its own costs more than a copy.
    private const int DirectRead = 4 * 1024;

    private byte[] _input = [];
    private byte[] _output = [];
    private int _start;
    private int _end;
    private int _pending;
    private int _disposed;

    // The socket may write into the buffer until its read has ended: a connection that is closed before that does not give the buffer back.
    private volatile bool _reading;

    /// <summary>When it was opened, as a timestamp.</summary>
    public long Opened => opened;

    /// <summary>Since when it is idle, as a timestamp.</summary>
    public long IdleSince { get; set; }

    /// <summary>Whether it has served before.</summary>
    public bool Reused { get; set; }

    /// <summary>What was read and not taken.</summary>
    public ReadOnlySpan<byte> Input => _input.AsSpan(_start, _end - _start);

    /// <summary>How many bytes more can be gathered.</summary>
    public int OutputRoom => OutputSize - _pending;

    /// <summary>Takes bytes of <see cref="Input"/>.</summary>
    public void Take(int bytes) => _start += bytes;

    /// <summary>Reads more behind <see cref="Input"/>; the number of bytes, 0 at the end of the connection.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<int> FillAsync(CancellationToken cancellation)
    {
        MakeRoom();
        _reading = true;
        int read = await stream.ReadAsync(_input.AsMemory(_end), cancellation);
        _reading = false;
        _end += read;
        return read;
    }

    /// <summary>Reads body bytes: what is there, or else from the socket, without a copy where it pays. 0 at the end of the connection.</summary>
    public ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellation) =>
        _start < _end ? ValueTask.FromResult(CopyTo(buffer.Span))
        : buffer.Length >= DirectRead ? stream.ReadAsync(buffer, cancellation)
        : FillAndCopyAsync(buffer, cancellation);

    /// <summary>Gathers bytes to be written; there must be room.</summary>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Output(bytes.Length));
        _pending += bytes.Length;
    }

    /// <summary>Gathers text to be written, one byte a char; there must be room.</summary>
    public void Write(string latin1) => _pending += Encoding.Latin1.GetBytes(latin1, Output(latin1.Length));

    /// <summary>Writes what was gathered.</summary>
    public ValueTask FlushAsync(CancellationToken cancellation)
    {
        int length = _pending;
        _pending = 0;
        return length == 0 ? ValueTask.CompletedTask : stream.WriteAsync(_output.AsMemory(0, length), cancellation);
    }

    /// <summary>Writes bytes as they are; nothing may be gathered.</summary>
    public ValueTask WriteThroughAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellation) => stream.WriteAsync(bytes, cancellation);

    /// <summary>Tells the origin that no more comes; it may go on sending.</summary>
    public async ValueTask EndWritingAsync()
    {
        if (stream is System.Net.Security.SslStream tls)
        {
            await tls.ShutdownAsync();
        }

        socket.Shutdown(SocketShutdown.Send);
    }

    /// <summary>
    /// Whether an idle connection can serve: nothing may have come on it. What did is the end of the connection, or an answer to a question that nobody has asked,
    /// and the next asker would take it for his.
    /// </summary>
    public bool IsQuiet()
    {
        try
        {
            return Input.IsEmpty && !socket.Poll(0, SelectMode.SelectRead);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            return false;
        }
    }

    /// <summary>Gives the buffers back, while idle.</summary>
    public void ReleaseBuffers()
    {
        Return(ref _input);
        Return(ref _output);
        _start = _end = _pending = 0;
    }

    /// <summary>Closes it. No write may be under way.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            stream.Dispose();
            socket.Dispose();
            if (!_reading)
            {
                ReleaseBuffers();
            }
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<int> FillAndCopyAsync(Memory<byte> buffer, CancellationToken cancellation) =>
        await FillAsync(cancellation) == 0 ? 0 : CopyTo(buffer.Span);

    private int CopyTo(Span<byte> buffer)
    {
        int length = Math.Min(buffer.Length, _end - _start);
        Input[..length].CopyTo(buffer);
        _start += length;
        return length;
    }

    private Span<byte> Output(int length)
    {
        if (_output.Length == 0)
        {
            _output = ArrayPool<byte>.Shared.Rent(OutputSize);
        }

        if (_pending + length > _output.Length)
        {
            // Only a head can be so long; its length is bounded.
            byte[] larger = ArrayPool<byte>.Shared.Rent((_pending + length) * 2);
            _output.AsSpan(0, _pending).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_output);
            _output = larger;
        }

        return _output.AsSpan(_pending, length);
    }

    private void MakeRoom()
    {
        if (_start == _end)
        {
            _start = _end = 0;
        }

        if (_end < _input.Length)
        {
            return;
        }

        int length = _end - _start;
        byte[] target = _input.Length == 0 || length > _input.Length / 2 ? ArrayPool<byte>.Shared.Rent(Math.Max(InputSize, length * 2)) : _input;
        Input.CopyTo(target);
        if (target != _input)
        {
            Return(ref _input);
            _input = target;
        }

        (_start, _end) = (0, length);
    }

    private static void Return(ref byte[] buffer)
    {
        if (buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        buffer = [];
    }
}
