using Railgun.Protocol.Engine;

namespace Railgun.Protocol.Tests.Engine;

/// <summary>With padding, what crosses for a message tells little of how long it is.</summary>
internal sealed class PaddingTests
{
    private const int PadTo = 256;

    [Test]
    public void A_response_takes_the_same_bytes_on_the_line_whatever_its_length_within_a_step()
    {
        using var pair = new LanePair(padTo: PadTo);
        HashSet<int> lengths = [];
        for (int length = 10; length < 100; length++)
        {
            lengths.Add(Answer(pair, length));
        }

        Assert.That(lengths, Has.Count.EqualTo(1));
        Assert.That(Answer(pair, 300), Is.EqualTo(lengths.Single() + PadTo));
    }

    [Test]
    public void A_request_takes_the_same_bytes_whatever_its_target()
    {
        using var pair = new LanePair(padTo: PadTo);
        pair.Open(target: "/first");
        HashSet<int> lengths = [];
        for (int length = 1; length < 60; length++)
        {
            int before = pair.Up.Count;
            pair.Open(target: "/" + new string('x', length));
            lengths.Add(pair.Up.Count - before);
        }

        Assert.That(lengths, Is.EqualTo(new[] { PadTo }));
    }

    [Test]
    public void Without_padding_each_byte_shows_so_that_the_test_can_see()
    {
        using var pair = new LanePair();
        Answer(pair, 10);
        Assert.That(Answer(pair, 51), Is.EqualTo(Answer(pair, 50) + 1));
    }

    private static int Answer(LanePair pair, int length)
    {
        var (listener, sender) = pair.Open();
        int before = pair.Down.Count;
        pair.Sender.SendHead(sender, Lanes.Response(), BodyCoding.AsItIs);
        pair.Sender.SendData(sender, Payload.Copy(new byte[length]));
        pair.Sender.SendEnd(sender, null);
        pair.Pump();
        int took = pair.Down.Count - before;
        Assert.That(LanePair.Next(listener).Kind, Is.EqualTo(StreamEventKind.Head));
        StreamEvent data = LanePair.Next(listener);
        Assert.That(data.Data.Length, Is.EqualTo(length));
        data.Data.Dispose();
        return took;
    }
}
