namespace Railgun.Sender.Coding;

/// <summary>Which of the pinned versions a body is coded against; -1 for none.</summary>
/// <param name="First">The one most like it.</param>
/// <param name="Second">One that has what the first lacks.</param>
internal readonly record struct ChosenBases(int First, int Second)
{
    /// <summary>None.</summary>
    public static ChosenBases None => new(-1, -1);

    /// <summary>Whether there is one.</summary>
    public bool Any => First >= 0;
}
