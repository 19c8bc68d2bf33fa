using Railgun.Protocol.Engine;
using Railgun.Protocol.Heads;

namespace Railgun.Protocol.Transport;

/// <summary>One step of a response. Which members are set depends on <see cref="Kind"/>.</summary>
internal readonly struct ResponseEvent
{
    /// <summary>What this is.</summary>
    public required ResponseEventKind Kind { get; init; }

    /// <summary>Informational and Head: the head.</summary>
    public ResponseHead? Head { get; init; }

    /// <summary>Head: how the body is coded.</summary>
    public BodyCoding Coding { get; init; }

    /// <summary>WantSignature: which offer, 0 for the first.</summary>
    public int Offer { get; init; }

    /// <summary>Data: the bytes. The reader owns them: dispose, then give the credit back with <see cref="ListenerExchange.Consumed"/>.</summary>
    public Payload Data { get; init; }

    /// <summary>Data: a segment of a coded body ends behind these bytes; <see cref="Check"/> and <see cref="SegmentLength"/> are set.</summary>
    public bool EndsSegment { get; init; }

    /// <summary>Data that ends a segment: the first 8 bytes, big-endian, of the SHA-256 of the whole target so far.</summary>
    public ulong Check { get; init; }

    /// <summary>Data that ends a segment: how many bytes of the target the segment stands for, 0 to <see cref="Limits.MaxSegmentTarget"/>.</summary>
    public int SegmentLength { get; init; }

    /// <summary>End: the trailer section, or null.</summary>
    public FieldList? Trailers { get; init; }

    /// <summary>Fault: why.</summary>
    public Fault? Fault { get; init; }
}
