using Railgun.Protocol.Frames;

namespace Railgun.Protocol.Tests.Frames;

internal sealed class FlagRulesTests
{
    /// <summary>The table of WIRE_FORMAT.md, Frame types.</summary>
    private static readonly Dictionary<FrameType, FrameFlags> Allowed = new()
    {
        [FrameType.Ping] = FrameFlags.End,
        [FrameType.LaneWindow] = FrameFlags.Mark,
        [FrameType.Window] = FrameFlags.Mark,
        [FrameType.Request] = FrameFlags.End | FrameFlags.More | FrameFlags.Mark,
        [FrameType.Response] = FrameFlags.End | FrameFlags.More | FrameFlags.Mark,
        [FrameType.Informational] = FrameFlags.More,
        [FrameType.Data] = FrameFlags.End | FrameFlags.Mark,
        [FrameType.Trailers] = FrameFlags.More,
        [FrameType.HeadMore] = FrameFlags.More,
        [FrameType.Signature] = FrameFlags.More,
    };

    [Test]
    public void Each_type_carries_its_flags_and_no_other()
    {
        for (int type = 0; type < 32; type++)
        {
            for (int flags = 0; flags < 8; flags++)
            {
                var header = new FrameHeader((FrameType)type, (FrameFlags)flags, 1);
                bool fits = (flags & ~(int)Allowed.GetValueOrDefault((FrameType)type)) == 0;
                Assert.That(FlagRules.Fits(header), Is.EqualTo(fits), $"type {type:x2}, flags {flags}");
            }
        }
    }
}
