namespace Railgun.Protocol.Deltas.Fast;

/// <summary>Where a segment's commands are, and how far they have been taken.</summary>
/// <param name="coded">The payload, <see cref="BitReading.Slack"/> zeros behind it.</param>
/// <param name="last">Its length in bits.</param>
/// <param name="commands">The bit where the commands begin.</param>
/// <param name="copies">The bit where their addresses and lengths begin, if these are apart.</param>
/// <param name="apart">Whether they are; else they stand among the commands.</param>
internal unsafe ref struct CommandStreams(byte* coded, ulong last, ulong commands, ulong copies, bool apart)
{
    /// <summary>The payload.</summary>
    public readonly byte* Coded = coded;

    /// <summary>Its length in bits.</summary>
    public readonly ulong Last = last;

    /// <summary>Behind the commands that were written: what is read from there on is seldom meant.</summary>
    public readonly ulong End = apart ? copies : last;

    /// <summary>Whether addresses and lengths are apart.</summary>
    public readonly bool Apart = apart;

    /// <summary>The bit of the next command.</summary>
    public ulong Commands = commands;

    /// <summary>The bit of the next address or length, if these are apart.</summary>
    public ulong Copies = copies;
}
