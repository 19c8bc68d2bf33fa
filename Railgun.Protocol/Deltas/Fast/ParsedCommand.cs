namespace Railgun.Protocol.Deltas.Fast;

/// <summary>A command as it was taken from the payload: what its numbers mean depends on the commands before.</summary>
internal struct ParsedCommand
{
    /// <summary>New bytes before the copy.</summary>
    public int Run;

    /// <summary>Bytes copied; 0: as many as can be.</summary>
    public int Length;

    /// <summary>What is added to where its kind starts from.</summary>
    public int Address;

    /// <summary>As <see cref="FastModel"/> numbers them.</summary>
    public int Kind;
}
