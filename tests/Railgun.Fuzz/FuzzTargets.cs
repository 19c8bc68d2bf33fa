using Railgun.Fuzz.Targets;
using Railgun.Fuzz.Targets.Answers;
using Railgun.Fuzz.Targets.Content;
using Railgun.Fuzz.Targets.Rules;

namespace Railgun.Fuzz;

/// <summary>All targets.</summary>
internal static class FuzzTargets
{
    /// <summary>Made anew for each run: a target may keep state from input to input.</summary>
    public static IReadOnlyList<IFuzzTarget> All() =>
    [
        new LaneTarget(), new HeadsTarget(), new DeltaTarget(), new EncoderTarget(), new SignatureTarget(), new ConfigurationTarget(),
        new ProxyTarget(), new FramesTarget(), new RulesTarget(), new AnswersTarget(), new ContentTarget(), new SegmentsTarget(), new PeersTarget(),
    ];
}
