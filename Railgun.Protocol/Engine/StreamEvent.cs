using Railgun.Protocol.Heads;

namespace Railgun.Protocol.Engine;

/// <summary>One thing that a stream has received. Which members are set depends on <see cref="Kind"/>.</summary>
internal readonly record struct StreamEvent
{
    /// <summary>What this is.</summary>
    public required StreamEventKind Kind { get; init; }

    /// <summary>Informational and Head.</summary>
    public ResponseHead? Head { get; init; }

    /// <summary>Head.</summary>
    public BodyCoding Coding { get; init; }

    /// <summary>WantSignature: which offer, 0 for the first.</summary>
    public int Offer { get; init; }

    /// <summary>Data; owned by whoever takes the event.</summary>
    public Payload Data { get; init; }

    /// <summary>Data: what it cost of the window, its check included; give this back as credit.</summary>
    public int Credit { get; init; }

    /// <summary>Data: it ends a segment.</summary>
    public bool EndsSegment { get; init; }

    /// <summary>Data that ends a segment.</summary>
    public ulong Check { get; init; }

    /// <summary>Data that ends a segment: target bytes in it.</summary>
    public int SegmentLength { get; init; }

    /// <summary>End.</summary>
    public FieldList? Trailers { get; init; }

    /// <summary>Fault.</summary>
    public Fault? Fault { get; init; }
}
