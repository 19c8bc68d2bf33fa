namespace Railgun.Protocol.Deltas.Fast;

/// <summary>The lanes of late, in the order of <see cref="Matching.Tracks"/>.</summary>
internal struct Lanes
{
    /// <summary>The latest.</summary>
    public Lane First;

    /// <summary>The one before.</summary>
    public Lane Second;

    /// <summary>The one before that.</summary>
    public Lane Third;

    /// <summary>Puts one of them first.</summary>
    public void Promote(int number)
    {
        if (number == 1)
        {
            (First, Second) = (Second, First);
        }
        else if (number == 2)
        {
            (First, Second, Third) = (Third, First, Second);
        }
    }

    /// <summary>Puts a new one first.</summary>
    public void Push(in Lane lane)
    {
        Third = Second;
        Second = First;
        First = lane;
    }
}
