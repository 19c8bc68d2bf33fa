namespace Railgun.Protocol.Deltas.Fast;

/// <summary>Where a segment's commands are, and how far they have been taken.</summary>
/// <param name="coded">The payload, <see cref="BitReading.Slack"/> zeros behind it.</param>
/// <param name="last">Its length in bits.</param>
/// <param name="first">The bit where the first command begins.</param>
/// <param name="second">The bit where the second one does, if they take turns in two streams.</param>
/// <param name="inTurns">Whether they do; else they are one behind the other.</param>
internal unsafe ref struct CommandStreams(byte* coded, ulong last, ulong first, ulong second, bool inTurns)
{
    /// <summary>The payload.</summary>
    public readonly byte* Coded = coded;

    /// <summary>Behind the payload.</summary>
    public readonly byte* End = coded + (last >> 3);

    /// <summary>Whether commands take turns in two streams.</summary>
    public readonly bool InTurns = inTurns;

    private readonly ulong _last = last;
    private ulong _next = first;
    private ulong _nextEnd = inTurns ? second : last;
    private ulong _other = second;
    private ulong _otherEnd = last;

    /// <summary>The bit of the next command.</summary>
    public ulong Next
    {
        readonly get => _next;
        set => _next = Math.Min(value, _last);
    }

    /// <summary>Behind the commands of that stream that were written: what is read from there on is seldom meant.</summary>
    public readonly ulong NextEnd => _nextEnd;

    /// <summary>The bit of the command behind the next one, if they take turns.</summary>
    public ulong Other
    {
        readonly get => _other;
        set => _other = Math.Min(value, _last);
    }

    /// <summary>The next command is the other stream's.</summary>
    public void Swap()
    {
        (_next, _other) = (_other, _next);
        (_nextEnd, _otherEnd) = (_otherEnd, _nextEnd);
    }
}
