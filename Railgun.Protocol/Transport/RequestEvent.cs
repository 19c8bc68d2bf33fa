using Railgun.Protocol.Engine;
using Railgun.Protocol.Heads;

namespace Railgun.Protocol.Transport;

/// <summary>One step of a request's body. Which members are set depends on <see cref="Kind"/>.</summary>
internal readonly struct RequestEvent
{
    /// <summary>What this is.</summary>
    public required RequestEventKind Kind { get; init; }

    /// <summary>Data: the bytes. The reader owns them: dispose, then give the credit back with <see cref="SenderExchange.Consumed"/>.</summary>
    public Payload Data { get; init; }

    /// <summary>End: the trailer section, or null.</summary>
    public FieldList? Trailers { get; init; }

    /// <summary>Fault: why.</summary>
    public Fault? Fault { get; init; }
}
