using Railgun.Fuzz.Targets;

namespace Railgun.Fuzz;

/// <summary>All targets.</summary>
internal static class FuzzTargets
{
    /// <summary>Made anew for each run: a target may keep state from input to input.</summary>
    public static IReadOnlyList<IFuzzTarget> All() =>
        [new LaneTarget(), new HeadsTarget(), new DeltaTarget(), new EncoderTarget(), new SignatureTarget(), new ConfigurationTarget()];
}
