namespace Railgun.Protocol.Identity;

/// <summary>What became of a wish to trust a peer.</summary>
internal enum TrustResult
{
    /// <summary>It is trusted from now on.</summary>
    Added,

    /// <summary>It was trusted under this name before; nothing changed.</summary>
    AlreadyTrusted,

    /// <summary>Another key has this name; nothing changed.</summary>
    NameTaken,

    /// <summary>This key has another name; nothing changed.</summary>
    FingerprintTaken,
}
