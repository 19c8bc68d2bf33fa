namespace Railgun.Protocol.Engine;

/// <summary>What <see cref="LinkEngine.Place"/> says.</summary>
/// <param name="Lane">The index of the lane to open the exchange on; -1 for none.</param>
/// <param name="Until">With no lane and no fault: when to ask again at the latest.</param>
/// <param name="Fault">Why the exchange fails; null if it does not.</param>
internal readonly record struct PlacementStep(int Lane, long Until, Fault? Fault)
{
    /// <summary>Open it on that lane.</summary>
    public static PlacementStep On(int lane) => new(lane, 0, null);

    /// <summary>Wait.</summary>
    public static PlacementStep Wait(long until) => new(-1, until, null);

    /// <summary>It fails.</summary>
    public static PlacementStep Failed(Fault fault) => new(-1, 0, fault);
}
