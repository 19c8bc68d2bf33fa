namespace Railgun.Protocol.Deltas.Fast;

/// <summary>Where a segment's commands are.</summary>
/// <param name="coded">The payload, <see cref="BitReading.Slack"/> zeros behind it.</param>
/// <param name="last">Its length in bits.</param>
/// <param name="commands">The bit where the commands begin.</param>
/// <param name="copies">The bit where their addresses and lengths begin, if these are apart.</param>
/// <param name="apart">Whether they are; else they stand among the commands.</param>
internal readonly unsafe ref struct CommandStreams(byte* coded, ulong last, ulong commands, ulong copies, bool apart)
{
    /// <summary>The payload.</summary>
    public readonly byte* Coded = coded;

    /// <summary>Its length in bits.</summary>
    public readonly ulong Last = last;

    /// <summary>The bit where the commands begin.</summary>
    public readonly ulong Commands = commands;

    /// <summary>The bit where addresses and lengths begin, if these are apart.</summary>
    public readonly ulong Copies = copies;

    /// <summary>Whether they are.</summary>
    public readonly bool Apart = apart;
}
