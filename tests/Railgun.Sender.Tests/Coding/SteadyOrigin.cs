using System.Threading.Tasks.Sources;
using Railgun.Sender.Origin;

namespace Railgun.Sender.Tests.Coding;

/// <summary>An origin that sends so many chunks, at once or each a moment later from another thread, and allocates nothing for them.</summary>
internal sealed class SteadyOrigin(int chunks, bool late) : IOriginExchange, IValueTaskSource<OriginEvent>, IThreadPoolWorkItem
{
    public const int Chunk = 16 * 1024;

    private ManualResetValueTaskSourceCore<OriginEvent> _core;
    private Memory<byte> _buffer;
    private int _left = chunks * Chunk;

    public ValueTask<OriginEvent> ReadAsync(Memory<byte> buffer)
    {
        if (!late)
        {
            return ValueTask.FromResult(Next(buffer));
        }

        _core.Reset();
        _buffer = buffer;
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        return new ValueTask<OriginEvent>(this, _core.Version);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    public void Execute() => _core.SetResult(Next(_buffer));

    public OriginEvent GetResult(short token) => _core.GetResult(token);

    public ValueTaskSourceStatus GetStatus(short token) => _core.GetStatus(token);

    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);

    private OriginEvent Next(Memory<byte> buffer)
    {
        int length = Math.Min(_left, Math.Min(Chunk, buffer.Length));
        if (length == 0)
        {
            return new OriginEvent { Kind = OriginEventKind.End };
        }

        Span<byte> bytes = buffer.Span[..length];
        for (int i = 0; i < bytes.Length; i++)
        {
            bytes[i] = (byte)((_left - i) * 2654435761u >> 27);
        }

        _left -= length;
        return new OriginEvent { Kind = OriginEventKind.Data, Length = length };
    }
}
