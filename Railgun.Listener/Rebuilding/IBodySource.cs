namespace Railgun.Listener.Rebuilding;

/// <summary>A body that comes in pieces, each taken before the next is asked for. One caller at a time.</summary>
/// <remarks>Disposing is allowed while an advance is under way: it is then broken off.</remarks>
internal interface IBodySource : IDisposable
{
    /// <summary>The piece that the last advance brought, never empty; valid until the next advance.</summary>
    ReadOnlyMemory<byte> Current { get; }

    /// <summary>Gives the current piece back and waits for the next; false at the end of the body.</summary>
    /// <exception cref="BrokenBodyException">The body ends before its time: what was given so far is right, but not all.</exception>
    ValueTask<bool> AdvanceAsync(CancellationToken cancellation);
}
