namespace Railgun.Sender.Origin;

/// <summary>What comes next from the origin.</summary>
internal enum OriginEventKind
{
    /// <summary>A 1xx head other than 101.</summary>
    Informational,

    /// <summary>The final head, once; or 101, after which the data is that of the protocol switched to.</summary>
    Head,

    /// <summary>Body bytes, without transfer coding.</summary>
    Data,

    /// <summary>The end of the body, with trailers or without.</summary>
    End,

    /// <summary>No answer, or the answer broke off.</summary>
    Failed,
}
