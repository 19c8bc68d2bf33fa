namespace Railgun.Protocol.Engine;

/// <summary>One exchange as its link's engine knows it; it keeps its number when it moves between lanes.</summary>
internal sealed class ExchangePlacement(ulong exchange)
{
    /// <summary>How often an exchange moves to another lane at most.</summary>
    public const int MaxMoves = 2;

    /// <summary>The exchange's number, unique within the link.</summary>
    public ulong Exchange { get; } = exchange;

    /// <summary>Whether much is expected to cross, one way or the other.</summary>
    public bool Bulk { get; init; }

    /// <summary>Whether bytes of the request's body were taken from the client: they are not kept, so the request can't be sent again.</summary>
    public bool BodyBegun { get; set; }

    /// <summary>How often it has moved.</summary>
    public int Moves { get; set; }

    /// <summary>Whether it waits for a lane.</summary>
    public bool IsWaiting { get; set; }

    /// <summary>Until when it waits.</summary>
    public long Deadline { get; set; }
}
