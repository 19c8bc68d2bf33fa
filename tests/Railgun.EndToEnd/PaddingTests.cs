using Railgun.EndToEnd.Harness;
using Railgun.Try.Visits;

namespace Railgun.EndToEnd;

/// <summary>With <c>link.padTo</c> messages on the link have one of few lengths, and arrive as they are.</summary>
internal sealed class PaddingTests
{
    private const int PadTo = 512;

    [Test]
    public async Task What_each_side_sends_for_a_message_comes_to_a_multiple()
    {
        await using RunningPair pair = await RunningPair.StartAsync(("RAILGUN_LINK__PADTO", $"{PadTo}"));
        for (int view = 0; view < 3; view++)
        {
            Served served = await pair.PageAsync("/page/padded");
            LinkUse sent = await pair.SenderAccess.NextAsync("/page/padded", CancellationToken.None) ?? throw new AssertionException("The sender's log says nothing.");
            Assert.That(sent.Down % PadTo, Is.Zero);
            Assert.That(served.Use.Up % PadTo, Is.Zero);
            Assert.That(sent.Down, Is.Positive.And.LessThan(served.Length));
        }
    }
}
