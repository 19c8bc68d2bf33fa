using System.Text.Json;
using Railgun.Hosting.Admin;
using Railgun.Try.Visits;

namespace Railgun.EndToEnd.Demonstration;

internal sealed class LinkTotalsTests
{
    [Test]
    public void The_bytes_of_all_peers_are_added_up()
    {
        PeerStatus[] peers =
        [
            new("origin", "SHA256:a", true, null, BytesUp: 10, BytesDown: 200, []),
            new("other", "SHA256:b", false, null, BytesUp: 1, BytesDown: 2000, []),
        ];
        var report = new StatusReport(
            "railgun-listener", "1", "SHA256:c", DateTimeOffset.UnixEpoch, 1, true, "", peers, [], new ExchangeStatus(0, 0, 0, 0, 0, 0, 0, 0), []);
        string json = JsonSerializer.Serialize(report, StatusJson.Default.StatusReport);
        Assert.That(LinkTotals.Parse(json), Is.EqualTo(new LinkTotals(Down: 2200, Up: 11)));
    }
}
