using Railgun.Protocol.Heads;

namespace Railgun.Sender.Origin;

/// <summary>One step of the origin's answer. Which members are set depends on <see cref="Kind"/>.</summary>
internal readonly struct OriginEvent
{
    /// <summary>What this is.</summary>
    public required OriginEventKind Kind { get; init; }

    /// <summary>Informational and Head: the head.</summary>
    public ResponseHead? Head { get; init; }

    /// <summary>Data: how many bytes of the reader's buffer were filled, at least 1.</summary>
    public int Length { get; init; }

    /// <summary>Data: these were the last bytes, as the announced length tells; the end follows without a wait.</summary>
    public bool Last { get; init; }

    /// <summary>End: the trailer section, or null.</summary>
    public FieldList? Trailers { get; init; }

    /// <summary>Failed: why.</summary>
    public OriginFailure? Failure { get; init; }

    /// <summary>A failure as an event.</summary>
    public static OriginEvent Failed(OriginFailure failure) => new() { Kind = OriginEventKind.Failed, Failure = failure };
}
