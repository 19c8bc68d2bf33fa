namespace Railgun.Protocol.Deltas.Matching;

/// <summary>What a search looks at, pinned for its time.</summary>
internal unsafe ref struct Field
{
    /// <summary>The target's past and the segment.</summary>
    public byte* Target;

    /// <summary>How much of the target is before <see cref="Target"/>.</summary>
    public long Dropped;

    /// <summary>Where the segment ends in <see cref="Target"/>.</summary>
    public int End;

    /// <summary>The first base.</summary>
    public byte* First;

    /// <summary>The second base.</summary>
    public byte* Second;

    /// <summary>Bytes in the first base.</summary>
    public int FirstLength;

    /// <summary>Bytes in the second base.</summary>
    public int SecondLength;

    /// <summary>The first base's index, if it has one.</summary>
    public BaseIndex? FirstIndex;

    /// <summary>The second base's index, if it has one.</summary>
    public BaseIndex? SecondIndex;

    /// <summary>The bytes of a base.</summary>
    public readonly byte* Origin(CopySource source, out int length)
    {
        length = source == CopySource.First ? FirstLength : SecondLength;
        return source == CopySource.First ? First : Second;
    }
}
