namespace Railgun.Protocol.Engine;

/// <summary>How a response's body is coded on the link. The numbers are on the wire (WIRE_FORMAT.md, RESPONSE) and, as bits, in hello.</summary>
internal enum Codec : byte
{
    /// <summary>As it is; needs no check of ours.</summary>
    Identity = 0,

    /// <summary>LZ4 blocks.</summary>
    Lz4 = 1,

    /// <summary>One zstd frame (RFC 8878), flushed at the end of each segment.</summary>
    Zstd = 2,

    /// <summary>A delta against offered versions (DELTA_FORMAT.md), fast entropy coding.</summary>
    Delta = 3,

    /// <summary>A delta against offered versions, dense entropy coding.</summary>
    DenseDelta = 4,

    /// <summary>A delta against an offered version of which the sender has the signature only (DELTA_FORMAT.md, Against a signature), fast entropy coding.</summary>
    SignatureDelta = 5,

    /// <summary>Likewise, dense entropy coding.</summary>
    DenseSignatureDelta = 6,

    /// <summary>A delta against a fresh body: one that the same lane has just carried, offered or not (WIRE_FORMAT.md, Fresh bodies); fast entropy coding.</summary>
    FreshDelta = 7,

    /// <summary>Likewise, dense entropy coding.</summary>
    DenseFreshDelta = 8,
}
