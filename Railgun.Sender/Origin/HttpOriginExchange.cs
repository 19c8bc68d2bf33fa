using System.Globalization;
using System.Runtime.CompilerServices;
using Railgun.Protocol.Heads;

namespace Railgun.Sender.Origin;

/// <summary>One question through the platform's HTTP client (step 5): sends, waits for the head, then hands out the body as it comes.</summary>
internal sealed class HttpOriginExchange(
    OriginOptions options, OriginFault fault, Deadline deadline, HttpRequestMessage request, IRequestBody? tunnel) : IOriginExchange
{
    private static readonly TimeSpan HalfClosed = TimeSpan.FromSeconds(10);

    private Task<HttpResponseMessage>? _sending;
    private HttpResponseMessage? _response;
    private Stream? _body;
    private Task? _upstream;
    private TimeSpan _bodyTimeout = options.BodyTimeout;
    private long _remaining = long.MaxValue;

    /// <summary>Sends the request; the wait for the head begins.</summary>
    public void Begin(HttpMessageInvoker invoker)
    {
        deadline.AwaitHead(options.ConnectTimeout + options.HeadTimeout);
        _sending = invoker.SendAsync(request, deadline.Token);
    }

    /// <inheritdoc/>
    public ValueTask<OriginEvent> ReadAsync(Memory<byte> buffer) => _body is null ? ReadHeadAsync() : ReadBodyAsync(_body, buffer);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        deadline.Abort();
        try
        {
            _response ??= await _sending!;
        }
        catch (Exception)
        {
            // Told already as an event, or nobody asked for it.
        }

        _response?.Dispose();
        if (_upstream is not null)
        {
            await _upstream;
        }

        request.Dispose();
        deadline.Dispose();
    }

    private async ValueTask<OriginEvent> ReadHeadAsync()
    {
        try
        {
            _response = await _sending!;
            deadline.HeadCame();
            if (OriginResponse.ReadHead(_response, out string? reason) is not { } head)
            {
                return OriginEvent.Failed(fault.BadHead(reason!));
            }

            _body = await _response.Content.ReadAsStreamAsync(deadline.Token);
            Prepare(head);
            return new OriginEvent { Kind = OriginEventKind.Head, Head = head };
        }
        catch (Exception exception)
        {
            return OriginEvent.Failed(WhoseFault(exception) ?? fault.BeforeHead(exception, deadline));
        }
    }

    private void Prepare(ResponseHead head)
    {
        if (head.Status == StatusCodes.Status101SwitchingProtocols)
        {
            _upstream = tunnel is null ? null : Task.Run(() => MoveUpAsync(tunnel));
        }

        if (MayBeSilent(head))
        {
            _bodyTimeout = Timeout.InfiniteTimeSpan;
        }

        if (request.Method != HttpMethod.Head && head.Fields.First("Content-Length") is { } length)
        {
            _remaining = long.Parse(length, NumberStyles.None, CultureInfo.InvariantCulture);
        }
    }

    private static bool MayBeSilent(ResponseHead head) =>
        head.Status == StatusCodes.Status101SwitchingProtocols || ContentKinds.Of(head.Fields.First("Content-Type")) == ContentKind.Live;

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<OriginEvent> ReadBodyAsync(Stream body, Memory<byte> buffer)
    {
        try
        {
            ValueTask<int> read = body.ReadAsync(buffer, deadline.Token);
            int length = read.IsCompleted ? read.Result : await WaitAsync(read);
            if (length == 0)
            {
                return new OriginEvent { Kind = OriginEventKind.End, Trailers = OriginResponse.ReadTrailers(_response!) };
            }

            _remaining -= length;
            return new OriginEvent { Kind = OriginEventKind.Data, Length = length, Last = _remaining == 0 };
        }
        catch (Exception exception)
        {
            return OriginEvent.Failed(WhoseFault(exception) ?? fault.InBody(exception, deadline));
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<int> WaitAsync(ValueTask<int> read)
    {
        deadline.AwaitBody(_bodyTimeout);
        int length = await read;
        deadline.BodyCame();
        return length;
    }

    private OriginFailure? WhoseFault(Exception exception) =>
        (request.Content as PulledContent)?.ClientBrokeOff == true || (deadline.Token.IsCancellationRequested && !deadline.TimedOut && exception is not TimeoutException)
            ? OriginFault.Abandoned
            : null;

    // After a switch of protocols: what the client sends, to the origin. When the client has ended, the origin has a moment to end as well.
    private async Task MoveUpAsync(IRequestBody tunnel)
    {
        try
        {
            using PulledContent sent = new(tunnel, deadline, Timeout.InfiniteTimeSpan);
            await sent.CopyToAsync(_body!, deadline.Token);
            _bodyTimeout = HalfClosed;
            deadline.AwaitBody(HalfClosed);
        }
        catch (Exception)
        {
            deadline.Abort();
        }
    }
}
