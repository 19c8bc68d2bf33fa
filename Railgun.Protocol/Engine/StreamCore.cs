using Railgun.Protocol.Heads;
using Railgun.Protocol.Versions;

namespace Railgun.Protocol.Engine;

/// <summary>
/// The state of one stream on one lane. Belongs to its <see cref="LaneEngine"/>; touched only under the lane's lock.
/// <code>
///                 listener's side                             sender's side
///   out:  request head, data*, end                    (informational | rest)*, head, segments or data*, end
///   in:   informational*, head, data*, [rest, data*], end     data*, end
/// </code>
/// The listener lets go of a stream when its reader has seen the end (or resets it); the sender when both directions have ended and nothing
/// is retained for a resend.
/// </summary>
internal sealed class StreamCore
{
    // Data in crumbs is gathered up to so many bytes.
    private const int Gathered = 4096;

    private readonly LaneHoldings _lane;
    private PooledQueue<OutItem> _out;
    private PooledQueue<StreamEvent> _in;
    private int _taken;
    private ReceiveWindow _window;
    private Retention? _retained;

    /// <summary>Makes the state of a stream that is just opened.</summary>
    /// <param name="id">Its number, or 0.</param>
    /// <param name="exchange">The exchange that it carries.</param>
    /// <param name="lane">What its lane's streams hold together.</param>
    /// <param name="window">The credit towards this side that it begins with.</param>
    public StreamCore(uint id, ulong exchange, LaneHoldings lane, int window)
    {
        _lane = lane;
        Begin(id, exchange, window);
    }

    /// <summary>How many streams this object has been before. A driver that has done with one of them must not touch the next.</summary>
    public uint Generation { get; private set; }

    /// <summary>Its driver has done with it.</summary>
    public bool DriverGone { get; set; }

    /// <summary>Nobody has it any more but the pool, which may use it again.</summary>
    public bool IsFree => DriverGone && Dead && !Scheduled && !ReadSignalled && !WriteSignalled && _in.Count == 0 && _out.Count == 0;

    /// <summary>The stream's number on its lane; 0 until the listener has put its request on the wire.</summary>
    public uint Id { get; set; }

    /// <summary>The exchange that it carries.</summary>
    public ulong Exchange { get; private set; }

    /// <summary>Whoever drives the stream; the engine only keeps it.</summary>
    public object? Owner { get; set; }

    /// <summary>Sender: the request's head.</summary>
    public RequestHead? Request { get; set; }

    /// <summary>Listener: what is offered. Sender: the offers as it understands them.</summary>
    public VersionName[] Offers { get; set; } = [];

    /// <summary>Whether the answer may be coded against a fresh body.</summary>
    public bool TakesFresh { get; set; }

    /// <summary>The signature of an offer on its way: out at the listener, in at the sender.</summary>
    public SignatureTransfer Signature { get; } = new();

    /// <summary>Frame bytes of this stream, listener to sender.</summary>
    public long BytesUp { get; set; }

    /// <summary>Frame bytes of this stream, sender to listener.</summary>
    public long BytesDown { get; set; }

    /// <summary>What may still be sent before the peer gives credit.</summary>
    public long SendCredit { get; set; }

    /// <summary>What was sent and the peer's reader has not, as far as it was told, taken: what the stream holds of the lane's window over there.</summary>
    public long Unreturned { get; set; }

    /// <summary>What the peer may still send, and what of it was taken.</summary>
    public ref ReceiveWindow Window => ref _window;

    /// <summary>Bytes queued to be written.</summary>
    public int QueuedBytes { get; set; }

    /// <summary>How far the first item of the queue has been written.</summary>
    public int FirstItemOffset { get; set; }

    /// <summary>Whether the queue may be written now; otherwise it is held back (design: decision 8).</summary>
    public bool Released { get; set; }

    /// <summary>Whether it stands in one of the scheduler's queues.</summary>
    public bool Scheduled { get; set; }

    /// <summary>A request frame of this stream has been handed to the writer: from here on the peer may have it.</summary>
    public bool RequestWritten { get; set; }

    /// <summary>The response's head has been queued (sender) or received (listener).</summary>
    public bool HeadPassed { get; set; }

    /// <summary>How the response is coded, once <see cref="HeadPassed"/>.</summary>
    public BodyCoding Coding { get; set; }

    /// <summary>The end of the own direction has been queued.</summary>
    public bool EndQueued { get; set; }

    /// <summary>The end of the own direction has been written.</summary>
    public bool EndWritten { get; set; }

    /// <summary>Sender: both directions have come to their end in order.</summary>
    public bool Answered { get; set; }

    /// <summary>Sender: whether a body follows the request's head; it may have come already.</summary>
    public bool HasBody { get; set; }

    /// <summary>The end of the peer's direction has been received.</summary>
    public bool EndReceived { get; set; }

    /// <summary>Sender: nobody reads the request any more.</summary>
    public bool InputClosed { get; set; }

    /// <summary>Reset by either side, or the lane is gone: nothing more is written or taken.</summary>
    public bool Dead { get; set; }

    /// <summary>Listener: data is dropped until REST comes.</summary>
    public bool AwaitsRest { get; set; }

    /// <summary>Listener: the last offset told ahead of its time.</summary>
    public long VerifiedTold { get; set; }

    /// <summary>Listener: where the rest that was asked for last begins.</summary>
    public long RestOffset { get; set; }

    /// <summary>Sender: the head of a coded response has been written, so that a want for the rest may come.</summary>
    public bool CodedHeadWritten { get; set; }

    /// <summary>How many wants for the rest there were.</summary>
    public int Attempts { get; set; }

    /// <summary>Listener: coded bytes have come since the last end of a segment.</summary>
    public bool InSegment { get; set; }

    /// <summary>Listener: its body does not become a version, or not soon: nobody should wait for that.</summary>
    public bool StoresNothing { get; set; }

    /// <summary>Listener: since when it waits for a fresh body; 0 before it does.</summary>
    public long WaitsSince { get; set; }

    /// <summary>1xx heads received.</summary>
    public int Informationals { get; set; }

    /// <summary>Sender: what may have to be sent again.</summary>
    public Retention Retained => _retained ??= new Retention();

    /// <summary>Sender: bytes of what may have to be sent again.</summary>
    public int RetainedBytes => _retained?.Bytes ?? 0;

    /// <summary>Sender: bytes set aside for what it retains, as long as the listener may lack the fresh body that this one is coded against; 0 for none.</summary>
    public int Reserved { get; set; }

    /// <summary>Sender: more may come than is <see cref="Reserved"/>: then the rest waits until the first part is proved.</summary>
    public bool MayOutgrow { get; set; }

    /// <summary>Sender: the page of the fresh body that was chosen from; default for none.</summary>
    public PageKey FreshPage { get; set; }

    /// <summary>Sender: what the body becomes, from when that is known until its end has been written; the name is default before and after.</summary>
    public (VersionUse Use, VersionName Name) Carries { get; set; }

    /// <summary>Sender: its place among the ended streams that stay for what they retain; null while it is open.</summary>
    public LinkedListNode<StreamCore>? LingerNode { get; set; }

    /// <summary>Sender: the body goes out as it is since a want for the rest.</summary>
    public bool SendsRest { get; set; }

    /// <summary>Sender: trailers of the ended response, for a rest after the end.</summary>
    public FieldList? EndTrailers { get; set; }

    /// <summary>Something to read has come since the driver was told last.</summary>
    public bool ReadSignalled { get; set; }

    /// <summary>Room to write has come since the driver was told last.</summary>
    public bool WriteSignalled { get; set; }

    /// <summary>A driver waits for room in the queue.</summary>
    public bool WantsRoom { get; set; }

    /// <summary>A driver waits for the end to be written.</summary>
    public bool WantsEnd { get; set; }

    /// <summary>Whether anything waits to be written.</summary>
    public bool HasOutput => _out.Count > 0 || Signature.HasOutput;

    /// <summary>Whether a signature goes next: behind its request's head, ahead of the rest.</summary>
    public bool SignatureGoesNext => Signature.HasOutput && RequestWritten;

    /// <summary>The first item of the queue.</summary>
    public OutItem FirstItem => _out.First;

    /// <summary>The number of queued items.</summary>
    public int ItemCount => _out.Count;

    /// <summary>Appends to the queue.</summary>
    public void Enqueue(in OutItem item)
    {
        _out.Enqueue(item);
        QueuedBytes += item.Data.Length;
        _lane.Queued += item.Data.Length;
    }

    /// <summary>Takes the first item off the queue; its payload is disposed.</summary>
    public void DropFirstItem()
    {
        _out.TryDequeue(out OutItem item);
        QueuedBytes -= item.Data.Length;
        _lane.Queued -= item.Data.Length;
        FirstItemOffset = 0;
        item.Data.Dispose();
    }

    /// <summary>Empties the queue.</summary>
    public void DropOutput()
    {
        while (_out.Count > 0)
        {
            DropFirstItem();
        }

        Signature.DropOutput();
    }

    /// <summary>Appends a received event.</summary>
    public void Deliver(in StreamEvent received)
    {
        _in.Enqueue(received);
        _lane.Events++;
    }

    /// <summary>Appends received body bytes that end no segment; a crumb joins those before it.</summary>
    public void DeliverData(ReadOnlySpan<byte> bytes)
    {
        if (_in.Count > 0 && _in.Last is { Kind: StreamEventKind.Data, EndsSegment: false } last && last.Data.Length + bytes.Length <= Gathered)
        {
            _in.Last = last with { Data = last.Data.Append(bytes, Gathered), Credit = last.Credit + bytes.Length };
            return;
        }

        Deliver(new StreamEvent { Kind = StreamEventKind.Data, Data = Payload.Copy(bytes), Credit = bytes.Length });
    }

    /// <summary>Takes the next received event; its credit is the driver's to give back, at the latest when it has done with the stream.</summary>
    public bool TryTake(out StreamEvent next)
    {
        bool taken = TryDequeue(out next);
        _taken += next.Credit;
        return taken;
    }

    /// <summary>Whether the end, in order, is what comes next.</summary>
    public bool EndIsNext => _in.Count > 0 && _in.First.Kind == StreamEventKind.End;

    /// <summary>How much of <paramref name="credit"/> the driver really owed; it owes that much less.</summary>
    public int Settle(int credit = int.MaxValue)
    {
        int owed = Math.Min(credit, _taken);
        _taken -= owed;
        return owed;
    }

    /// <summary>Drops what was received and not taken; returns the credit that it held.</summary>
    public int DropInput()
    {
        int credit = 0;
        while (TryDequeue(out StreamEvent dropped))
        {
            credit += dropped.Credit;
            dropped.Data.Dispose();
        }

        return credit;
    }

    /// <summary>Begins a stream.</summary>
    public void Begin(uint id, ulong exchange, int window)
    {
        Id = id;
        Exchange = exchange;
        _window = new ReceiveWindow(window);
    }

    /// <summary>Forgets the stream that it was, all but the lane.</summary>
    public void Forget()
    {
        Generation++;
        ForgetRequest();
        ForgetProgress();
        (BytesUp, BytesDown, SendCredit, Unreturned) = (0, 0, 0, 0);
        (QueuedBytes, FirstItemOffset, _taken) = (0, 0, 0);
        (Released, ReadSignalled, WriteSignalled, WantsRoom, WantsEnd, DriverGone) = (false, false, false, false, false, false);
        (_retained, LingerNode, SendsRest, EndTrailers) = (null, null, false, null);
        (Reserved, MayOutgrow, FreshPage, Carries) = (0, false, default, default);
    }

    private void ForgetRequest()
    {
        (Owner, Request, Offers) = (null, null, []);
        (TakesFresh, HasBody, RequestWritten) = (false, false, false);
        Signature.Forget();
    }

    private void ForgetProgress()
    {
        (HeadPassed, Coding, CodedHeadWritten, Informationals) = (false, default, false, 0);
        (EndQueued, EndWritten, Answered, EndReceived, InputClosed, Dead) = (false, false, false, false, false, false);
        (AwaitsRest, VerifiedTold, RestOffset, WaitsSince, Attempts, InSegment) = (false, 0, 0, 0, 0, false);
        StoresNothing = false;
    }

    private bool TryDequeue(out StreamEvent next)
    {
        bool taken = _in.TryDequeue(out next);
        _lane.Events -= taken ? 1 : 0;
        return taken;
    }
}
