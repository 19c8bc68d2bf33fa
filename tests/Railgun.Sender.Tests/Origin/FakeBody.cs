using System.Threading.Channels;
using Railgun.Protocol.Engine;
using Railgun.Protocol.Heads;
using Railgun.Protocol.Transport;
using Railgun.Sender.Origin;

namespace Railgun.Sender.Tests.Origin;

/// <summary>A request body that a test feeds.</summary>
internal sealed class FakeBody : IRequestBody
{
    private readonly Channel<RequestEvent> _events = Channel.CreateUnbounded<RequestEvent>();
    private long _taken;

    public long? Length { get; init; }

    public long BytesTaken => Volatile.Read(ref _taken);

    public TaskCompletionSource WasWanted { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public FakeBody Add(ReadOnlySpan<byte> bytes)
    {
        _events.Writer.TryWrite(new RequestEvent { Kind = RequestEventKind.Data, Data = Payload.Copy(bytes) });
        return this;
    }

    public FakeBody End(FieldList? trailers = null)
    {
        _events.Writer.TryWrite(new RequestEvent { Kind = RequestEventKind.End, Trailers = trailers });
        return this;
    }

    public FakeBody Break()
    {
        _events.Writer.TryWrite(new RequestEvent { Kind = RequestEventKind.Fault, Fault = new Fault(Stage.Client, ResetCode.Cancelled, "the client left") });
        return this;
    }

    public void Wanted() => WasWanted.TrySetResult();

    public ValueTask<RequestEvent> ReadAsync(CancellationToken cancellation) => _events.Reader.ReadAsync(cancellation);

    public void Taken(int bytes) => Interlocked.Add(ref _taken, bytes);
}
