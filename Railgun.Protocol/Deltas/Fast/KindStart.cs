namespace Railgun.Protocol.Deltas.Fast;

/// <summary>Where the addresses of one kind of copy start from.</summary>
internal struct KindStart
{
    /// <summary>Which number of <see cref="Places.Entries"/> is the key of what it starts from.</summary>
    public int Key;

    /// <summary>Which number of <see cref="Places.Entries"/> it starts from: that key, or an end.</summary>
    public int Place;

    /// <summary>How far that number is shifted: a key says the distance above its lowest bits.</summary>
    public int Shift;

    /// <summary>All ones if that is an address, none if it is a distance from where the copy goes.</summary>
    public int Absolute;
}
