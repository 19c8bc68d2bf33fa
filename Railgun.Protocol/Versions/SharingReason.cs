namespace Railgun.Protocol.Versions;

/// <summary>The words that say why a response is kept, or not. They stand in logs and metrics and do not change.</summary>
internal static class SharingReason
{
    /// <summary>Kept for everybody.</summary>
    public const string Public = "public";

    /// <summary>Kept for everybody who asks for the same page: its URL has a query, a parameter, or a segment that looks like a secret.</summary>
    public const string PublicPage = "public-page";

    /// <summary>Kept for its principal: the request had credentials.</summary>
    public const string Principal = "principal";

    /// <summary>Kept for everybody, because the operator lets all users share.</summary>
    public const string AllUsers = "all-users";

    /// <summary>Not kept: there is no body, by the method or the status.</summary>
    public const string NoBody = "no-body";

    /// <summary>Not kept: a part of a body (206).</summary>
    public const string Partial = "partial";

    /// <summary>Not kept: the connection changes its protocol.</summary>
    public const string Upgrade = "upgrade";

    /// <summary>Not kept: the origin coded the body (gzip, br and so on).</summary>
    public const string Coded = "coded";

    /// <summary>Not kept: an event stream.</summary>
    public const string EventStream = "event-stream";

    /// <summary>Not kept: gRPC.</summary>
    public const string Grpc = "grpc";

    /// <summary>Not kept: <c>no-store</c> in the response.</summary>
    public const string NoStore = "no-store";

    /// <summary>Not kept: <c>no-store</c> in the request.</summary>
    public const string NoStoreAsked = "no-store-asked";

    /// <summary>Not kept: it sets a cookie, though the request had no credentials.</summary>
    public const string SetCookie = "set-cookie";

    /// <summary>Not kept: it is private, though the request had no credentials that would tell whose.</summary>
    public const string Private = "private";

    /// <summary>Not kept: it varies by what is not in the request, or by a field that may tell users apart.</summary>
    public const string Varies = "varies";

    /// <summary>Not kept: another site may have asked for it with a user's credentials.</summary>
    public const string CrossSite = "cross-site";

    /// <summary>Not kept: the answer to a method other than GET; the request's body may hold credentials.</summary>
    public const string Method = "method";
}
