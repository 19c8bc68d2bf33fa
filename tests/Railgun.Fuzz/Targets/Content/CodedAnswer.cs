using Railgun.Sender.Origin;

namespace Railgun.Fuzz.Targets.Content;

/// <summary>The rest of an origin's answer, behind its head.</summary>
/// <param name="body">What comes, in pieces.</param>
internal sealed class CodedAnswer(CutInput body) : IOriginExchange
{
    /// <inheritdoc/>
    public ValueTask<OriginEvent> ReadAsync(Memory<byte> buffer)
    {
        int length = body.Read(buffer.Span);
        return ValueTask.FromResult(new OriginEvent { Kind = length > 0 ? OriginEventKind.Data : OriginEventKind.End, Length = length });
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
