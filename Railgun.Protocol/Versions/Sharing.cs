namespace Railgun.Protocol.Versions;

/// <summary>Who may have a version as a base (design: decision 10), from nobody to everybody.</summary>
internal enum Sharing : byte
{
    /// <summary>Nobody: the body is not kept.</summary>
    None = 0,

    /// <summary>Requests of the same principal only.</summary>
    Principal = 1,

    /// <summary>Anybody who asks for the very same page: the URL may carry what only some know, for example a token in its query.</summary>
    PublicPage = 2,

    /// <summary>Anybody who asks the same site.</summary>
    Public = 3,
}
