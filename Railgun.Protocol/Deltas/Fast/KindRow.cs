namespace Railgun.Protocol.Deltas.Fast;

/// <summary>How one kind of copy is coded.</summary>
internal struct KindRow
{
    /// <summary>The code of addresses; one symbol without bits where the kind says none.</summary>
    public CodeView Addresses;

    /// <summary>The code of lengths.</summary>
    public CodeView Lengths;

    /// <summary>Which number of <see cref="Places.Entries"/> is the key of what it starts from.</summary>
    public int Key;

    /// <summary>Which number of <see cref="Places.Entries"/> it starts from: that key, or the end behind it.</summary>
    public int Place;

    /// <summary>How far that number is shifted: a key says the distance above its lowest bits.</summary>
    public int Shift;

    /// <summary>All ones if it is aligned, else none.</summary>
    public nint Aligned;
}
