using System.Globalization;
using Railgun.Protocol.Engine;
using Railgun.Protocol.Frames;
using Railgun.Protocol.Heads;

namespace Railgun.Protocol.Tests.WireFormat;

/// <summary>The tables of WIRE_FORMAT.md say the numbers that the code has.</summary>
internal sealed class TableTests
{
    [Test]
    public void Frame_types() => AssertTable<FrameType>(WireFormatPage.Table("type", "name"), FrameType.FirstSkippable);

    [Test]
    public void Flags_of_each_type()
    {
        foreach (string[] row in WireFormatPage.Table("type", "name"))
        {
            FrameFlags flags = row[2].Split(", ", StringSplitOptions.RemoveEmptyEntries).Aggregate(FrameFlags.None, (sum, flag) => sum | Enum.Parse<FrameFlags>(flag, ignoreCase: true));
            Assert.That(FlagRules.Allowed((FrameType)Number(row[0])), Is.EqualTo(flags), row[1]);
        }
    }

    [Test]
    public void Lane_codes() => AssertTable<LaneCode>(WireFormatPage.Table("code", "lane code"));

    [Test]
    public void Reset_codes() => AssertTable<ResetCode>(WireFormatPage.Table("code", "reset code"), ResetCode.LaneLost);

    [Test]
    public void Codecs() => AssertTable<Codec>(WireFormatPage.Table("codec", "name"));

    [Test]
    public void Hello_statuses() => AssertTable<HelloStatus>(WireFormatPage.Table("status", "meaning"));

    [Test]
    public void Forms_of_values() => AssertTable<ValueForm>(WireFormatPage.Table("form", "name"));

    [Test]
    public void Settings_of_hello() =>
        Assert.That(WireFormatPage.Table("id", "setting").Select(r => Number(r[0])), Is.EqualTo(Enum.GetValues<HelloSetting>().Select(s => (long)s)));

    [Test]
    public void Versions() =>
        Assert.That(WireFormatPage.Table("version", "what it added").Select(r => Number(r[0])).Max(), Is.EqualTo(Hello.Version));

    [Test]
    public void Names_that_every_lane_knows()
    {
        int first = StaticNames.FirstField + 6;
        Assert.That(Enumerable.Range(first, (StaticNames.Count - first) / 2).Select(StaticNames.Text), Is.EqualTo(WireFormatPage.Names));
    }

    /// <summary>First column: number; second: name. Every member of the enum stands there, but those that are never on the wire.</summary>
    private static void AssertTable<T>(List<string[]> rows, params T[] unwritten)
        where T : struct, Enum
    {
        var said = rows.Select(r => (Number(r[0]), WireFormatPage.Member(r[1])));
        var meant = Enum.GetValues<T>().Except(unwritten).Select(v => (Convert.ToInt64(v, CultureInfo.InvariantCulture), v.ToString().ToLowerInvariant()));
        Assert.That(said, Is.EqualTo(meant));
    }

    private static long Number(string text) => text.StartsWith("0x", StringComparison.Ordinal)
        ? long.Parse(text.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture)
        : long.Parse(text, CultureInfo.InvariantCulture);
}
