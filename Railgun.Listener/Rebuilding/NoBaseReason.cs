using Railgun.Protocol.Versions;

namespace Railgun.Listener.Rebuilding;

/// <summary>Why a response had no base, as the listener knows it: stable words for the access log, beside those of <see cref="NoOffer"/>.</summary>
internal static class NoBaseReason
{
    /// <summary>The answer to this method has no body of a page, or the request switches protocols.</summary>
    public const string Method = "method";

    /// <summary>The last answer of this page could not be coded.</summary>
    public const string LastUncoded = "last-uncoded";

    /// <summary>Versions were offered, the sender took none: its own log says why.</summary>
    public const string NotTaken = "not-taken";

    /// <summary>There is one: the body of a response just before, which had no name here yet when the head came.</summary>
    public const string Fresh = "fresh";

    /// <summary>The response has no body, or not the page's: 304, 204, 206, an error of ours.</summary>
    public const string NoBody = "no-body";

    /// <summary>The request did not go over the link.</summary>
    public const string NoLink = "no-link";
}
