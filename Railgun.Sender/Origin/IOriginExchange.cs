namespace Railgun.Sender.Origin;

/// <summary>One question to the origin and its answer, as events. One reader at a time. Disposing it before the end aborts the origin's work.</summary>
internal interface IOriginExchange : IAsyncDisposable
{
    /// <summary>
    /// The next step of the answer: any number of informational heads, the head, data, the end; or a failure at any point. After the end or a
    /// failure it must not be called again.
    /// </summary>
    /// <param name="buffer">Where data goes; it belongs to the call until it completes. May be empty until the head has come.</param>
    ValueTask<OriginEvent> ReadAsync(Memory<byte> buffer);
}
