namespace Railgun.Protocol.Deltas.Fast;

/// <summary>What things cost in bits, about: enough to choose by.</summary>
internal static class Prices
{
    /// <summary>A new byte.</summary>
    public const int Literal = 6;

    /// <summary>A copy aligned with the last track, with its length.</summary>
    public const int Aligned = 6;

    /// <summary>Aligned with the track before.</summary>
    public const int SecondAligned = 9;

    /// <summary>Aligned with the one before that.</summary>
    public const int ThirdAligned = 12;

    /// <summary>From where the last copy ended.</summary>
    public const int Resumed = 8;

    /// <summary>From near there.</summary>
    public const int Near = 12;

    /// <summary>From the target's past; and the distance's bits.</summary>
    public const int Past = 11;

    /// <summary>From anywhere in a base; and the jump's bits.</summary>
    public const int Far = 13;

    /// <summary>What a copy must save beyond its price: each takes time to find, to write and to read.</summary>
    public const int Command = 6;

    /// <summary>To go back afterwards to the copy that this one was put before.</summary>
    public const int Return = 3;
}
