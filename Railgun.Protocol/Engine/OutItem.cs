using Railgun.Protocol.Heads;

namespace Railgun.Protocol.Engine;

/// <summary>What a stream has queued to be written. Heads are coded only when they are pulled: head coding has state in wire order.</summary>
internal readonly record struct OutItem(OutItemKind Kind)
{
    /// <summary>Request.</summary>
    public RequestHead? Request { get; init; }

    /// <summary>Informational, Response.</summary>
    public ResponseHead? Response { get; init; }

    /// <summary>Response.</summary>
    public BodyCoding Coding { get; init; }

    /// <summary>End.</summary>
    public FieldList? Trailers { get; init; }

    /// <summary>Data, Segment: owned by the queue.</summary>
    public Payload Data { get; init; }

    /// <summary>Segment.</summary>
    public ulong Check { get; init; }

    /// <summary>Segment: target bytes in it.</summary>
    public int SegmentLength { get; init; }

    /// <summary>Rest: from where; its attempt is <see cref="Check"/>.</summary>
    public long Offset { get; init; }
}
