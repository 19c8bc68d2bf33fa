using Railgun.Protocol.Engine;
using Railgun.Protocol.Heads;

namespace Railgun.Sender.Origin.Http1;

/// <summary>
/// One question over a connection of our own (step 5): the request goes out in the background, while the heads and the body are read as they come. A question that
/// may be put twice (RFC 9110 section 9.2.2) is put again, once and on a new connection, when one that had served before closes without a byte.
/// </summary>
internal sealed class Http1Exchange(Http1Tools tools, RequestHead head, IRequestBody? body, Deadline deadline) : IOriginExchange
{
    /// <summary>The most informational heads before the final one.</summary>
    public const int MaxInformational = 32;

    // A question that can't be put again gets no connection that its origin may be about to close.
    private static readonly TimeSpan Freshest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan HalfClosed = TimeSpan.FromSeconds(10);

    private readonly bool _mayAskAgain = body is null && head.Protocol is null && head.Method is "GET" or "HEAD" or "OPTIONS" or "TRACE" or "PUT" or "DELETE";
    private OriginConnection? _connection;
    private Task? _opening;
    private Http1Upload? _upload;
    private Task? _uploading;
    private BodyReader? _body;
    private bool _answered;
    private bool _switched;
    private int _informational;

    /// <summary>Sends the request; the wait for the head begins.</summary>
    public void Begin() => _opening = OpenAsync(_mayAskAgain ? TimeSpan.MaxValue : Freshest);

    /// <inheritdoc/>
    public ValueTask<OriginEvent> ReadAsync(Memory<byte> buffer) => _body is null ? ReadHeadAsync() : _body.ReadAsync(buffer);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        deadline.Abort();
        await LetGoAsync(_body is { IsComplete: true } && !_switched);
        deadline.Dispose();
    }

    private async Task OpenAsync(TimeSpan freshest)
    {
        _connection = await tools.Pool.TakeAsync(freshest, deadline.Token);
        deadline.AwaitHead(tools.Options.HeadTimeout);
        RequestText.Write(_connection, head, body, tools.Address.Authority);
        if (body is null)
        {
            await _connection.FlushAsync(deadline.Token);
        }
        else
        {
            _upload = new Http1Upload(head, body, _connection, deadline, tools.Options, tools.Time) { OnClientEnded = EndTunnel };
            _uploading = _upload.RunAsync();
        }
    }

    private async ValueTask<OriginEvent> ReadHeadAsync()
    {
        while (true)
        {
            try
            {
                await _opening!;
                OriginEvent next = await ReadAnswerAsync(_connection!);
                return next.Kind == OriginEventKind.Failed ? await GiveUpAsync(next.Failure!) : next;
            }
            catch (Exception) when (MayAskAgain())
            {
                await LetGoAsync(reusable: false);
                _opening = OpenAsync(TimeSpan.Zero);
            }
            catch (Exception e)
            {
                return await GiveUpAsync(WhoseFault() ?? (_connection is null ? tools.Fault.Connecting(e, deadline) : tools.Fault.NoAnswer(e, deadline)));
            }
        }
    }

    // The origin is not left working for nobody until the asker comes to dispose.
    private async ValueTask<OriginEvent> GiveUpAsync(OriginFailure failure)
    {
        deadline.Abort();
        await LetGoAsync(reusable: false);
        return OriginEvent.Failed(failure);
    }

    private bool MayAskAgain() => _mayAskAgain && !_answered && _connection is { Reused: true } && !deadline.Token.IsCancellationRequested;

    private async ValueTask<OriginEvent> ReadAnswerAsync(OriginConnection connection)
    {
        while (true)
        {
            HeadScanner scanner = new();
            int length;
            HeadScan found;
            while ((found = scanner.Scan(connection.Input, out length)) == HeadScan.More)
            {
                if (await connection.FillAsync(deadline.Token) == 0)
                {
                    throw new EndOfStreamException("the connection ended");
                }

                _answered = true;
            }

            if (found == HeadScan.Refused)
            {
                return OriginEvent.Failed(scanner.IsTooLarge ? tools.Fault.TooLargeHead(scanner.Problem!) : tools.Fault.BadHead("its head " + scanner.Problem));
            }

            _answered = true;
            AnswerFraming framing = default;
            string? problem = AnswerHead.TryRead(connection.Input[..length], out AnswerHead answer) ?? AnswerFraming.TryDecide(head, answer, out framing);
            connection.Take(length);
            if (problem is not null)
            {
                return OriginEvent.Failed(tools.Fault.BadHead("its head " + problem));
            }

            if (Answer(connection, answer, framing) is { } next)
            {
                return next;
            }
        }
    }

    // Null for a head that is not passed on.
    private OriginEvent? Answer(OriginConnection connection, in AnswerHead answer, in AnswerFraming framing)
    {
        bool isFinal = answer.Status is >= 200 or StatusCodes.Status101SwitchingProtocols;
        if (!isFinal && ++_informational > MaxInformational)
        {
            return OriginEvent.Failed(tools.Fault.BadHead($"more than {MaxInformational} informational heads"));
        }

        if (answer.Status == StatusCodes.Status100Continue)
        {
            // The client is told when its body is read, and a client that did not ask has nothing to go on with.
            _upload?.Continue(wanted: true);
            return null;
        }

        if (BodyReader.Excess(answer.Status, framing, connection.Input) is { } excess)
        {
            return OriginEvent.Failed(tools.Fault.BadHead(excess));
        }

        ResponseHead passed = Passed(answer, framing);
        if (HeadCheck.Problem(passed) is { } problem)
        {
            return OriginEvent.Failed(tools.Fault.BadHead(problem));
        }

        if (isFinal)
        {
            BeginBody(connection, passed, framing);
        }

        return new OriginEvent { Kind = isFinal ? OriginEventKind.Head : OriginEventKind.Informational, Head = passed };
    }

    private void BeginBody(OriginConnection connection, ResponseHead passed, in AnswerFraming framing)
    {
        deadline.HeadCame();
        _switched = framing.Framing == BodyFraming.Tunnel;
        _upload?.Continue(wanted: _switched || (head.Protocol is null && passed.Status < 300));
        bool maySleep = _switched || ContentKinds.Of(passed.Fields.First("Content-Type")) == ContentKind.Live;
        _body = new BodyReader(connection, deadline, tools.Fault, framing, maySleep ? Timeout.InfiniteTimeSpan : tools.Options.BodyTimeout, WhoseFault, passed.Status);
    }

    private static ResponseHead Passed(in AnswerHead answer, in AnswerFraming framing)
    {
        FieldList fields = HopByHop.Without(answer.Fields);
        string? length = fields.First("Content-Length");
        if (length is not null && (framing.Framing == BodyFraming.Tunnel || answer.Status is < 200 or StatusCodes.Status204NoContent))
        {
            fields.Remove("Content-Length");
        }
        else if (length is not null)
        {
            DropRepeatedLengths(fields);
        }

        fields.Remove(ErrorField.Name);
        return new ResponseHead { Status = answer.Status, Fields = fields };
    }

    // Equal ones become one (RFC 9110 section 8.6).
    private static void DropRepeatedLengths(FieldList fields)
    {
        int count = 0;
        foreach (HeadField field in fields)
        {
            count += field.Name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase) ? 1 : 0;
        }

        if (count > 1)
        {
            fields.Set("Content-Length", fields.First("Content-Length")!);
        }
    }

    private OriginFailure? WhoseFault() =>
        _upload is { ClientBrokeOff: true } || (deadline.Token.IsCancellationRequested && !deadline.TimedOut) ? OriginFault.Abandoned : null;

    // The client has ended its side of a tunnel: the origin has a moment to end as well.
    private void EndTunnel() => _body?.AllowSilence(HalfClosed);

    private async ValueTask LetGoAsync(bool reusable)
    {
        try
        {
            await _opening!;
        }
        catch (Exception)
        {
            // Told already as an event, or nobody asked for it.
        }

        _upload?.Continue(wanted: false);
        if (_uploading is not null)
        {
            await _uploading;
        }

        if (_connection is { } connection)
        {
            _connection = null;
            bool sent = body is null || _upload is { Whole: true };
            tools.Pool.Return(connection, reusable && sent && _body!.KeepAlive && connection.Input.IsEmpty);
        }
    }
}
