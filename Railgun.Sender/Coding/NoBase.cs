namespace Railgun.Sender.Coding;

/// <summary>The words that say why a response was coded without a base, beside those of <see cref="Protocol.Versions.SharingReason"/>. Stable: they stand in logs and metrics.</summary>
internal static class NoBase
{
    /// <summary>There is no body.</summary>
    public const string NoBody = "no-body";

    /// <summary>The sender's own answer.</summary>
    public const string OwnAnswer = "own-answer";

    /// <summary>The listener offered nothing: its own log says why.</summary>
    public const string NotOffered = "not-offered";

    /// <summary>What was offered is not here, or not for this asker.</summary>
    public const string NotHeld = "not-held";

    /// <summary>What was offered has nothing in common with the body.</summary>
    public const string Unlike = "unlike";

    /// <summary>The body has so few bytes that naming a base would cost more.</summary>
    public const string Tiny = "tiny";

    /// <summary>The listener does not understand deltas.</summary>
    public const string NoDelta = "no-delta";

    /// <summary>Another site may be asking with a user's credentials: a coded body's length would tell what it holds.</summary>
    public const string CrossSite = "cross-site";

    /// <summary>A live body, passed on byte by byte.</summary>
    public const string Live = "live";
}
