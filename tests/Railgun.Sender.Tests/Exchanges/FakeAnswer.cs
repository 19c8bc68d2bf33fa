using System.Threading.Channels;
using Railgun.Protocol.Heads;
using Railgun.Sender.Origin;

namespace Railgun.Sender.Tests.Exchanges;

/// <summary>The origin's answer to one question, as a test feeds it.</summary>
internal sealed class FakeAnswer : IOriginExchange
{
    private readonly Channel<(OriginEvent Event, byte[] Bytes)> _events = Channel.CreateUnbounded<(OriginEvent, byte[])>();
    private byte[]? _rest;

    public IRequestBody? Body { get; set; }

    public CancellationToken Abandoned { get; set; }

    public bool IsDisposed { get; private set; }

    public FakeAnswer Head(int status, params (string Name, string Value)[] fields)
    {
        FieldList list = new();
        foreach ((string name, string value) in fields)
        {
            list.Add(name, value);
        }

        return Add(new OriginEvent { Kind = OriginEventKind.Head, Head = new ResponseHead { Status = status, Fields = list } });
    }

    public FakeAnswer Informational(int status) =>
        Add(new OriginEvent { Kind = OriginEventKind.Informational, Head = new ResponseHead { Status = status } });

    public FakeAnswer Data(ReadOnlySpan<byte> bytes)
    {
        _events.Writer.TryWrite((new OriginEvent { Kind = OriginEventKind.Data }, bytes.ToArray()));
        return this;
    }

    public FakeAnswer End(FieldList? trailers = null) => Add(new OriginEvent { Kind = OriginEventKind.End, Trailers = trailers });

    public FakeAnswer Fail(OriginFailureKind kind, string reason = "as scripted") => Add(OriginEvent.Failed(new OriginFailure(kind, reason)));

    public async ValueTask<OriginEvent> ReadAsync(Memory<byte> buffer)
    {
        if (_rest is { } rest)
        {
            return Give(rest, buffer);
        }

        try
        {
            (OriginEvent next, byte[] bytes) = await _events.Reader.ReadAsync(Abandoned);
            return next.Kind == OriginEventKind.Data ? Give(bytes, buffer) : next;
        }
        catch (OperationCanceledException)
        {
            return OriginEvent.Failed(new OriginFailure(OriginFailureKind.Abandoned, "nobody waits"));
        }
    }

    public ValueTask DisposeAsync()
    {
        IsDisposed = true;
        return ValueTask.CompletedTask;
    }

    private OriginEvent Give(byte[] bytes, Memory<byte> buffer)
    {
        int count = Math.Min(bytes.Length, buffer.Length);
        bytes.AsSpan(0, count).CopyTo(buffer.Span);
        _rest = count < bytes.Length ? bytes[count..] : null;
        return new OriginEvent { Kind = OriginEventKind.Data, Length = count };
    }

    private FakeAnswer Add(OriginEvent next)
    {
        _events.Writer.TryWrite((next, []));
        return this;
    }
}
