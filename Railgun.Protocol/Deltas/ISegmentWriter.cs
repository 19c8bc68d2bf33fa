using Railgun.Protocol.Deltas.Matching;

namespace Railgun.Protocol.Deltas;

/// <summary>Writes the payloads of one target's segments at one level.</summary>
internal interface ISegmentWriter : IDisposable
{
    /// <summary>Begins a target, or after a stored segment: what was learnt is forgotten, both sides alike.</summary>
    void Start(in DeltaBase first, in DeltaBase second);

    /// <summary>Writes the payload that says <paramref name="commands"/>; returns its length, -1 if it does not fit.</summary>
    int Write(in SegmentView view, ReadOnlySpan<Command> commands, bool last, Span<byte> payload);
}
