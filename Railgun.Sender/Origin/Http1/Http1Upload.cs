using System.Globalization;
using System.Runtime.CompilerServices;
using Railgun.Protocol.Heads;
using Railgun.Protocol.Transport;

namespace Railgun.Sender.Origin.Http1;

/// <summary>
/// Moves a request's body to the origin beside the reading of the answer: pulled piece by piece, no more of it in memory than one write,
/// and credit given back as they are made. An origin that stops taking is not at fault yet: it may have said all, and the answer tells.
/// </summary>
internal sealed class Http1Upload
{
    /// <summary>How long a body waits for the origin's <c>100 Continue</c>; origins that know nothing of it say none (RFC 9110 section 10.1.1).</summary>
    public static readonly TimeSpan ContinueTimeout = TimeSpan.FromSeconds(1);

    private readonly IRequestBody _body;
    private readonly OriginConnection _connection;
    private readonly Deadline _deadline;
    private readonly OriginOptions _options;
    private readonly TimeProvider _time;
    private readonly TaskCompletionSource<bool>? _continue;
    private readonly bool _isChunked;
    private readonly bool _isTunnel;
    private volatile bool _whole;
    private volatile bool _clientBrokeOff;
    private long _sent;

    /// <summary>Makes the upload of <paramref name="body"/>; the head is gathered on the connection and goes out with its first bytes.</summary>
    public Http1Upload(RequestHead head, IRequestBody body, OriginConnection connection, Deadline deadline, OriginOptions options, TimeProvider time)
    {
        (_body, _connection, _deadline, _options, _time) = (body, connection, deadline, options, time);
        _isTunnel = head.Protocol is not null;
        _isChunked = !_isTunnel && body.Length is null;
        _continue = _isTunnel || Lists.Contain(head.Fields, "Expect", "100-continue")
            ? new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously)
            : null;
    }

    /// <summary>Whether all of the body went out.</summary>
    public bool Whole => _whole;

    /// <summary>Whether the client broke off its body: the failure that follows is not the origin's.</summary>
    public bool ClientBrokeOff => _clientBrokeOff;

    /// <summary>Silence allowed once the client has ended its side of a tunnel.</summary>
    public Action? OnClientEnded { get; init; }

    // By the announced length: the origin may answer, and the connection serve again, before the client's end has come.
    private bool IsLast => !_isChunked && !_isTunnel && _sent == _body.Length;

    /// <summary>The origin wants the body, or, if false, does not.</summary>
    public void Continue(bool wanted) => _continue?.TrySetResult(wanted);

    /// <summary>Runs to the body's end; never throws.</summary>
    public async Task RunAsync()
    {
        try
        {
            if (_continue is not null && !await MayGoOnAsync(_continue.Task))
            {
                return;
            }

            _body.Wanted();
            while (await MoveAsync())
            {
            }
        }
        catch (OperationCanceledException)
        {
            // Whoever cancelled knows why.
        }
        catch (Exception e) when (e is IOException or System.Net.Sockets.SocketException or ObjectDisposedException)
        {
            // The origin takes no more: it may have answered before that, so the reading goes on.
            _deadline.AwaitHead(_options.HeadTimeout);
        }
    }

    private async ValueTask<bool> MayGoOnAsync(Task<bool> word)
    {
        await _connection.FlushAsync(_deadline.Token);
        if (_isTunnel)
        {
            return await word.WaitAsync(_deadline.Token);
        }

        try
        {
            return await word.WaitAsync(ContinueTimeout, _time, _deadline.Token);
        }
        catch (TimeoutException)
        {
            return _continue!.TrySetResult(true) || await word;
        }
    }

    // One piece from the client to the origin; false at the end.
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<bool> MoveAsync()
    {
        ValueTask<RequestEvent> read = _body.ReadAsync(_deadline.Token);
        if (!read.IsCompleted)
        {
            // What came so far may be all that the origin needs to go on.
            await FlushAsync();
            if (!_whole)
            {
                _deadline.AwaitClient();
            }
        }

        RequestEvent next = await read;
        switch (next.Kind)
        {
            case RequestEventKind.Data:
                int length = next.Data.Length;
                using (next.Data)
                {
                    await SendAsync(next.Data.Memory);
                }

                _body.Taken(length);
                return true;
            case RequestEventKind.End:
                await EndAsync(next.Trailers);
                return false;
            default:
                _clientBrokeOff = true;
                _deadline.Abort();
                return false;
        }
    }

    private async ValueTask SendAsync(ReadOnlyMemory<byte> data)
    {
        _sent += data.Length;
        if (_body.Length is { } announced && !_isTunnel && _sent > announced)
        {
            // Never more than the head says: the rest would be read as the next request.
            _clientBrokeOff = true;
            _deadline.Abort();
            return;
        }

        const int FrameRoom = 32;
        if (data.Length + FrameRoom > _connection.OutputRoom)
        {
            await FlushAsync();
        }

        if (data.Length + FrameRoom > _connection.OutputRoom)
        {
            await SendLargeAsync(data);
            return;
        }

        WriteFrameStart(data.Length);
        _connection.Write(data.Span);
        WriteFrameEnd();
        if (IsLast)
        {
            await FlushAsync();
            _whole = true;
        }
    }

    private async ValueTask SendLargeAsync(ReadOnlyMemory<byte> data)
    {
        WriteFrameStart(data.Length);
        await FlushAsync();
        _deadline.AwaitTaking(_options.WriteTimeout);
        await _connection.WriteThroughAsync(data, _deadline.Token);
        _deadline.AwaitHead(_options.HeadTimeout);
        WriteFrameEnd();
        _whole = IsLast;
    }

    private async ValueTask EndAsync(FieldList? trailers)
    {
        if (_isTunnel)
        {
            await FlushAsync();
            await _connection.EndWritingAsync();
            OnClientEnded?.Invoke();
            return;
        }

        if (_isChunked)
        {
            WriteLastChunk(trailers);
        }
        else if (_sent != _body.Length)
        {
            _clientBrokeOff = true;
            _deadline.Abort();
            return;
        }

        await FlushAsync();
        _whole = true;
    }

    private async ValueTask FlushAsync()
    {
        if (!_whole && !_isTunnel)
        {
            _deadline.AwaitTaking(_options.WriteTimeout);
        }

        await _connection.FlushAsync(_deadline.Token);
        if (!_isTunnel)
        {
            _deadline.AwaitHead(_options.HeadTimeout);
        }
    }

    private void WriteFrameStart(int length)
    {
        if (_isChunked)
        {
            Span<byte> size = stackalloc byte[8];
            length.TryFormat(size, out int digits, "x", CultureInfo.InvariantCulture);
            _connection.Write(size[..digits]);
            _connection.Write("\r\n"u8);
        }
    }

    private void WriteFrameEnd()
    {
        if (_isChunked)
        {
            _connection.Write("\r\n"u8);
        }
    }

    private void WriteLastChunk(FieldList? trailers)
    {
        _connection.Write("0\r\n"u8);
        if (trailers is not null && HeadCheck.Problem(trailers) is null)
        {
            foreach (HeadField field in TrailerFields.Passed(trailers))
            {
                _connection.Write(field.Name);
                _connection.Write(": "u8);
                _connection.Write(field.Value);
                _connection.Write("\r\n"u8);
            }
        }

        _connection.Write("\r\n"u8);
    }
}
