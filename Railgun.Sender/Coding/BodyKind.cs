namespace Railgun.Sender.Coding;

/// <summary>What is to be done with a response's body.</summary>
internal enum BodyKind
{
    /// <summary>There is none.</summary>
    None,

    /// <summary>Passed as it is, each byte at once: event streams, gRPC, switched protocols.</summary>
    Live,

    /// <summary>Passed as it is: parts, and bodies that keep their content coding.</summary>
    AsItIs,

    /// <summary>Packed already: worth coding only against a version of itself.</summary>
    Packed,

    /// <summary>Not known: its first bytes tell whether it is worth coding.</summary>
    Plain,

    /// <summary>Text: worth coding.</summary>
    Text,
}
