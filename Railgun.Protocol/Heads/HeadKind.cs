namespace Railgun.Protocol.Heads;

/// <summary>What a head block is; each kind has a place of its own where its prediction starts (WIRE_FORMAT.md, Head blocks).</summary>
internal enum HeadKind
{
    /// <summary>A request.</summary>
    Request = 0,

    /// <summary>A final response.</summary>
    Response = 1,

    /// <summary>A 1xx response.</summary>
    Informational = 2,

    /// <summary>A trailer section, of a request or a response.</summary>
    Trailers = 3,
}
