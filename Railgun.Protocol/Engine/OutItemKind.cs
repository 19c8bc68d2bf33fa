namespace Railgun.Protocol.Engine;

/// <summary>The kinds of <see cref="OutItem"/>.</summary>
internal enum OutItemKind
{
    /// <summary>The request's head and offers.</summary>
    Request,

    /// <summary>A 1xx head.</summary>
    Informational,

    /// <summary>The final head.</summary>
    Response,

    /// <summary>Body bytes as they are.</summary>
    Data,

    /// <summary>The coded bytes of one segment.</summary>
    Segment,

    /// <summary>The mark before the rest of a body.</summary>
    Rest,

    /// <summary>The end of the body.</summary>
    End,
}
