using System.Threading.Channels;
using Railgun.Protocol.Deltas.Signatures;
using Railgun.Protocol.Engine;
using Railgun.Protocol.Heads;
using Railgun.Protocol.Transport;
using Railgun.Protocol.Versions;

namespace Railgun.Listener.Tests.Support;

/// <summary>An exchange without a link: a test plays the sender, and looks at what the listener did.</summary>
internal sealed class FakeExchange(ulong id, RequestHead head, bool hasBody, VersionName[] offers, ulong epoch) : ListenerExchange
{
    private readonly Channel<ResponseEvent> _events = Channel.CreateUnbounded<ResponseEvent>();
    private readonly Channel<byte[]> _body = Channel.CreateUnbounded<byte[]>();
    private readonly TaskCompletionSource<FieldList?> _completed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<long> _wanted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _signed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<string> _aborted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<VersionName> _stored = [];
    private long _consumed;
    private long _verified;
    private volatile bool _over;

    public RequestHead Head => head;

    public bool HasBody => hasBody;

    public bool IsOver => _over;

    public IReadOnlyList<VersionName> Offers => offers;

    /// <summary>Credit given back so far.</summary>
    public long ConsumedBytes => Interlocked.Read(ref _consumed);

    /// <summary>The target is proved up to here.</summary>
    public long VerifiedOffset => Interlocked.Read(ref _verified);

    public IReadOnlyList<VersionName> StoredVersions
    {
        get
        {
            lock (_stored)
            {
                return [.. _stored];
            }
        }
    }

    /// <summary>The offset from which the rest is wanted, once it is.</summary>
    public Task<long> Wanted => _wanted.Task;

    /// <summary>The reason, once the listener resets.</summary>
    public Task<string> Aborted => _aborted.Task;

    /// <summary>The trailers, once the request's body ended.</summary>
    public Task<FieldList?> Completed => _completed.Task;

    public override ulong Id => id;

    /// <summary>The signature that the listener sent last; empty for none.</summary>
    public OfferSignature SentSignature { get; set; }

    public override ulong PeerEpoch => epoch;

    public override SignatureSeed SignatureSeed { get; } = SignatureSeed.Derive([7]);

    public override void SendSignature(OfferSignature signature)
    {
        SentSignature = signature;
        _signed.TrySetResult();
    }

    /// <summary>Completes when the listener has answered a want for a signature.</summary>
    public Task Signed => _signed.Task;

    /// <summary>Asks for the signature of an offer.</summary>
    public void SendWantSignature(int offer) => Send(new ResponseEvent { Kind = ResponseEventKind.WantSignature, Offer = offer });

    public override (long Up, long Down) LinkBytes => (100, 200);

    public void Send(ResponseEvent next)
    {
        if (!_events.Writer.TryWrite(next))
        {
            next.Data.Dispose();
        }
    }

    public void SendInformational(int status, string? link = null)
    {
        var head = new ResponseHead { Status = status };
        if (link is not null)
        {
            head.Fields.Add("Link", link);
        }

        Send(new ResponseEvent { Kind = ResponseEventKind.Informational, Head = head });
    }

    public void SendHead(int status, BodyCoding? coding = null, params (string Name, string Value)[] fields)
    {
        var response = new ResponseHead { Status = status };
        foreach ((string name, string value) in fields)
        {
            response.Fields.Add(name, value);
        }

        Send(new ResponseEvent { Kind = ResponseEventKind.Head, Head = response, Coding = coding ?? BodyCoding.AsItIs });
    }

    public void SendData(ReadOnlySpan<byte> body) => Send(new ResponseEvent { Kind = ResponseEventKind.Data, Data = Payload.Copy(body) });

    public void SendData(string body) => SendData(System.Text.Encoding.Latin1.GetBytes(body));

    public void SendSegment(ReadOnlySpan<byte> coded, int targetLength, ulong check) => Send(new ResponseEvent
    {
        Kind = ResponseEventKind.Data,
        Data = Payload.Copy(coded),
        EndsSegment = true,
        SegmentLength = targetLength,
        Check = check,
    });

    public void SendRest() => Send(new ResponseEvent { Kind = ResponseEventKind.Rest });

    public void SendEnd(FieldList? trailers = null) => Send(new ResponseEvent { Kind = ResponseEventKind.End, Trailers = trailers });

    public void SendFault(Fault fault) => Send(new ResponseEvent { Kind = ResponseEventKind.Fault, Fault = fault });

    /// <summary>A whole answer with an identity body.</summary>
    public void Answer(int status, string body, params (string Name, string Value)[] fields)
    {
        SendHead(status, null, fields);
        if (body.Length > 0)
        {
            SendData(body);
        }

        SendEnd();
    }

    /// <summary>The next piece of the request's body; empty at its end.</summary>
    public async Task<byte[]> ReadBodyAsync() =>
        await _body.Reader.WaitToReadAsync().AsTask().WaitAsync(Patience.Limit) && _body.Reader.TryRead(out byte[]? piece) ? piece : [];

    /// <summary>The whole request body.</summary>
    public async Task<byte[]> ReadWholeBodyAsync()
    {
        using var whole = new MemoryStream();
        while (await ReadBodyAsync() is { Length: > 0 } piece)
        {
            whole.Write(piece);
        }

        return whole.ToArray();
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> body, CancellationToken cancellation)
    {
        _body.Writer.TryWrite(body.ToArray());
        return ValueTask.CompletedTask;
    }

    public override void Complete(FieldList? trailers = null)
    {
        _body.Writer.TryComplete();
        _completed.TrySetResult(trailers);
    }

    public override async ValueTask<ResponseEvent> ReadAsync(CancellationToken cancellation)
    {
        try
        {
            return await _events.Reader.ReadAsync(cancellation);
        }
        catch (ChannelClosedException)
        {
            return new ResponseEvent { Kind = ResponseEventKind.Fault, Fault = new Fault(Stage.Client, ResetCode.Cancelled, "given up") };
        }
    }

    /// <summary>What an exchange that others are coded against is stored as; a test completes it.</summary>
    public TaskCompletionSource<VersionName> Fresh { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The exchange that was asked for.</summary>
    public ulong FreshAsked { get; private set; }

    public override async ValueTask<VersionName> FreshAsync(ulong exchange, CancellationToken cancellation)
    {
        FreshAsked = exchange;
        return await Fresh.Task.WaitAsync(cancellation);
    }

    public override bool TryTakeEnd(out FieldList? trailers)
    {
        bool taken = _events.Reader.TryPeek(out ResponseEvent next) && next.Kind == ResponseEventKind.End && _events.Reader.TryRead(out next);
        trailers = taken ? next.Trailers : null;
        return taken;
    }

    public override void Consumed(int bytes) => Interlocked.Add(ref _consumed, bytes);

    public override void Verified(long offset) => Interlocked.Exchange(ref _verified, offset);

    public override void Stored(VersionName version)
    {
        lock (_stored)
        {
            _stored.Add(version);
        }
    }

    /// <summary>Whether others were told not to wait for its body.</summary>
    public bool StoresNothing { get; private set; }

    public override void NotStored() => StoresNothing = true;

    /// <summary>As a link does it: what has come of the coded body is dropped.</summary>
    public override void WantRest(long offset)
    {
        while (_events.Reader.TryRead(out ResponseEvent dropped))
        {
            dropped.Data.Dispose();
        }

        _wanted.TrySetResult(offset);
    }

    public override void Abort(ResetCode code, string reason)
    {
        if (!_over)
        {
            _aborted.TrySetResult($"{code}: {reason}");
            Close();
        }
    }

    public override ValueTask DisposeAsync()
    {
        Close();
        return ValueTask.CompletedTask;
    }

    private void Close()
    {
        _over = true;
        _body.Writer.TryComplete();
        _events.Writer.TryComplete();
        while (_events.Reader.TryRead(out ResponseEvent left))
        {
            left.Data.Dispose();
        }
    }
}
