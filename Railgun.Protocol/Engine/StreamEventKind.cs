namespace Railgun.Protocol.Engine;

/// <summary>What a stream has received.</summary>
internal enum StreamEventKind
{
    /// <summary>A 1xx head.</summary>
    Informational,

    /// <summary>The final response's head.</summary>
    Head,

    /// <summary>Listener: the sender asks for the signature of an offer.</summary>
    WantSignature,

    /// <summary>Body bytes.</summary>
    Data,

    /// <summary>The body goes on as it is.</summary>
    Rest,

    /// <summary>The body is over.</summary>
    End,

    /// <summary>The stream ended before its time.</summary>
    Fault,
}
