namespace Railgun.Protocol.Engine;

/// <summary>What a lane begins with.</summary>
internal sealed class LaneEngineOptions
{
    /// <summary>What this side says of itself.</summary>
    public required Hello Hello { get; init; }

    /// <summary>Whether this side dialled: it then says hello first.</summary>
    public required bool Dialled { get; init; }

    /// <summary>What the lanes of a link share of names for versions.</summary>
    public LinkHandles Handles { get; init; } = new();

    /// <summary>Where windows grow from.</summary>
    public ReceiveMemory Memory { get; init; } = new(256 << 20, 32 << 20);

    /// <summary>Silence after which a ping goes out.</summary>
    public TimeSpan PingAfter { get; init; } = KeepAlive.DefaultPingAfter;

    /// <summary>Silence after which the lane is given up.</summary>
    public TimeSpan DeadAfter { get; init; } = KeepAlive.DefaultDeadAfter;

    /// <summary>What the bytes of each request (listener) or response (sender) are brought up to a multiple of, at least; 0 for no padding.</summary>
    public int PadTo { get; init; }

    /// <summary>Why the peer is refused, known before a frame was read (its key is not trusted, no room); <see cref="HelloStatus.Accepted"/>: it is not.</summary>
    public HelloStatus Refusal { get; init; }

    /// <summary>The line for people that goes with <see cref="Refusal"/>.</summary>
    public string RefusalText { get; init; } = "";

    /// <summary>Sender: the longest body that is coded against a fresh one, in bytes, and how much of one of unknown length goes out before its beginning is proved.</summary>
    public int MaxFresh { get; init; } = Retention.MaxPerStream;
}
