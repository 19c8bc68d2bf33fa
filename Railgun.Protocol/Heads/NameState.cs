namespace Railgun.Protocol.Heads;

/// <summary>What a coder knows of one name.</summary>
internal struct NameState
{
    /// <summary>The name; null where the number is free.</summary>
    public string? Text;

    /// <summary>How many entries have it.</summary>
    public int Entries;

    /// <summary>Whether a field of that name is just being coded: it stays even without an entry.</summary>
    public bool Held;

    /// <summary>Its entry that was used last, or the next free number.</summary>
    public int Newest;

    /// <summary>Where no field stands before: the entry that came first last time.</summary>
    public int First;

    /// <summary>How <see cref="First"/> has proved.</summary>
    public byte FirstHistory;

    /// <summary>How often a value was new.</summary>
    public byte NewHistory;

    /// <summary>The form of the last new value.</summary>
    public ValueForm LastForm;

    /// <summary>The length of the last new text.</summary>
    public int LastLength;

    /// <summary>The last new date, in seconds from the lane's date.</summary>
    public long LastOffset;
}
