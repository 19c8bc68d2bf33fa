namespace Railgun.Protocol.Heads;

/// <summary>The outcome of reading a head block. All but <see cref="Done"/> end the lane: head coding has lost its state.</summary>
internal enum HeadStatus
{
    /// <summary>A head was read.</summary>
    Done,

    /// <summary>The block breaks a rule of the format, or a name or value holds what HTTP forbids.</summary>
    Malformed,

    /// <summary>More text or more fields than <see cref="Engine.Limits"/> allow.</summary>
    TooLarge,
}
