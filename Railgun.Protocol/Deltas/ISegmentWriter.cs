namespace Railgun.Protocol.Deltas;

/// <summary>Chooses the commands of one target's segments at one level, and writes their payloads.</summary>
internal interface ISegmentWriter : IDisposable
{
    /// <summary>Room that a writer may want in the payload beyond what the segment has.</summary>
    public const int PayloadSlack = 416;

    /// <summary>Begins a target.</summary>
    void Start(in DeltaBase first, in DeltaBase second);

    /// <summary>After a stored segment: what was learnt is forgotten, both sides alike.</summary>
    void Restart();

    /// <summary>Writes the payload that says the segment of <paramref name="view"/>; returns its length, -1 if it does not fit.</summary>
    int Write(in SegmentView view, bool last, Span<byte> payload);

    /// <summary>The target is over: lets go of its bases, and of what was made for it.</summary>
    void Stop();
}
