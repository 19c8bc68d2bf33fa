using System.Threading.Channels;
using Railgun.Protocol.Deltas.Signatures;
using Railgun.Protocol.Engine;
using Railgun.Protocol.Heads;
using Railgun.Protocol.Transport;
using Railgun.Protocol.Versions;

namespace Railgun.Sender.Tests.Exchanges;

/// <summary>An exchange whose request a test writes and whose response it reads, in place of the link.</summary>
internal sealed class FakeExchange(RequestHead head, params VersionName[] offers) : SenderExchange
{
    private static int _lastId;

    private readonly Channel<RequestEvent> _request = Channel.CreateUnbounded<RequestEvent>();
    private readonly CancellationTokenSource _aborted = new();
    private readonly Lock _lock = new();
    private readonly List<Sent> _sent = [];
    private readonly SemaphoreSlim _more = new(0);
    private long _consumed;

    public override ulong Id { get; } = (ulong)Interlocked.Increment(ref _lastId);

    public override string PeerName => "edge";

    public override RequestHead Head => head;

    public override bool HasBody => RequestHasBody;

    public bool RequestHasBody { get; init; }

    public override IReadOnlyList<VersionName> Offers => offers;

    public override uint Codecs => Understands;

    /// <summary>All codecs by default.</summary>
    public uint Understands { get; init; } = 0b111111111;

    public override SignatureSeed SignatureSeed { get; } = SignatureSeed.Derive([7]);

    /// <summary>The signature that comes with the request; empty for none.</summary>
    public OfferSignature Signature { get; set; }

    /// <summary>Whether it is announced: then it is waited for.</summary>
    public bool Announces { get; init; }

    /// <summary>Completes when the announced signature has come.</summary>
    public TaskCompletionSource SignatureCame { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The offer whose signature the sender has asked for; -1 for none.</summary>
    public int WantedSignature { get; private set; } = -1;

    public override bool SignatureFollows => Announces;

    public override void WantSignature(int offer) => WantedSignature = offer;

    public override ValueTask SignatureCameAsync(CancellationToken cancellation) => new(SignatureCame.Task.WaitAsync(cancellation));

    public override OfferSignature TakeSignature() => Signature;

    public override long? DeliveryRate => Rate;

    /// <summary>What the lane has measured.</summary>
    public long? Rate { get; init; }

    public override (long Up, long Down) LinkBytes => (0, Sent.Sum(s => (long)s.Bytes.Length));

    public override CancellationToken Aborted => _aborted.Token;

    public long BytesConsumed => Volatile.Read(ref _consumed);

    public IReadOnlyList<Sent> Sent
    {
        get
        {
            lock (_lock)
            {
                return [.. _sent];
            }
        }
    }

    public Sent ResponseHead => Sent.Single(s => s.Kind == SentKind.Head);

    public FakeExchange Upload(ReadOnlySpan<byte> bytes)
    {
        _request.Writer.TryWrite(new RequestEvent { Kind = RequestEventKind.Data, Data = Payload.Copy(bytes) });
        return this;
    }

    public FakeExchange EndUpload()
    {
        _request.Writer.TryWrite(new RequestEvent { Kind = RequestEventKind.End });
        return this;
    }

    /// <summary>The client goes.</summary>
    public void Leave()
    {
        _request.Writer.TryWrite(new RequestEvent { Kind = RequestEventKind.Fault, Fault = new Fault(Stage.Client, ResetCode.Cancelled, "gone") });
        _aborted.Cancel();
    }

    /// <summary>Waits until the sender has done what the condition looks for.</summary>
    public async Task UntilAsync(Func<IReadOnlyList<Sent>, bool> condition)
    {
        while (!condition(Sent))
        {
            Assert.That(await _more.WaitAsync(TimeSpan.FromSeconds(10)), "Nothing more was sent: " + string.Join(", ", Sent.Select(s => s.Kind)));
        }
    }

    public override ValueTask<RequestEvent> ReadAsync(CancellationToken cancellation) => _request.Reader.ReadAsync(cancellation);

    public override void Consumed(int bytes) => Interlocked.Add(ref _consumed, bytes);

    public override void SendInformational(ResponseHead head) => Note(new Sent(SentKind.Informational) { Head = head });

    public override void SendHead(ResponseHead head, BodyCoding coding, bool end = false) =>
        Note(new Sent(SentKind.Head) { Head = head, Coding = coding, EndsAtHead = end });

    public override ValueTask SendDataAsync(ReadOnlyMemory<byte> body, CancellationToken cancellation)
    {
        Note(new Sent(SentKind.Data) { Bytes = body.ToArray() });
        return ValueTask.CompletedTask;
    }

    public override ValueTask SendSegmentAsync(ReadOnlyMemory<byte> coded, ReadOnlyMemory<byte> target, ulong check, CancellationToken cancellation)
    {
        Note(new Sent(SentKind.Segment) { Bytes = coded.ToArray(), TargetLength = target.Length, Check = check });
        return ValueTask.CompletedTask;
    }

    public override void Stored(VersionName version) => Note(new Sent(SentKind.Stored) { Version = version });

    /// <summary>What the lane has just carried; default for nothing.</summary>
    public FreshBody Fresh { get; init; }

    /// <summary>What was said to be there for the answers behind it; default for nothing.</summary>
    public VersionName CarriedVersion { get; private set; }

    public override FreshBody LastCarried(in VersionUse asker, long? length) => length > Retention.MaxPerStream ? default : Fresh;

    public override void Carried(in VersionUse use, VersionName version) => CarriedVersion = version;

    public override void End(FieldList? trailers = null) => Note(new Sent(SentKind.End) { Trailers = trailers });

    /// <summary>Completes when the end is on the link.</summary>
    public Task Written { get; init; } = Task.CompletedTask;

    public override ValueTask WrittenAsync() => new(Written);

    public override void Flush() => Note(new Sent(SentKind.Flush));

    public override void Abort(Stage stage, ResetCode code, string reason) => Note(new Sent(SentKind.Abort) { Fault = new Fault(stage, code, reason) });

    private void Note(Sent sent)
    {
        lock (_lock)
        {
            _sent.Add(sent);
        }

        _more.Release();
    }
}
