namespace Railgun.Protocol.Versions;

/// <summary>The words that say why a request offers no base. They stand in logs and metrics and do not change.</summary>
internal static class NoOffer
{
    /// <summary>Something was offered.</summary>
    public const string None = "offered";

    /// <summary>Nothing is stored that the asker may have: neither of the page nor of its template.</summary>
    public const string NotSeen = "not-seen";

    /// <summary>Too many bytes of versions are pinned already.</summary>
    public const string PinsFull = "pins-full";
}
