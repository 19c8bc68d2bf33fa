using System.Text;
using Railgun.Protocol.Identity;

namespace Railgun.Protocol.Tests.Identity;

internal sealed class PeerListTests
{
    private const string One = "SHA256:AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    private const string Two = "SHA256:AgAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    [Test]
    public void Lines_comments_and_white_space_are_read()
    {
        PeerList list = Parse($"# heading\r\n\r\n  shop\t{One}  # since May\r\nedge-2 {Two}");
        Assert.That(list.Problems, Is.Empty);
        Assert.That(list.All.Select(peer => peer.Name), Is.EqualTo(new[] { "shop", "edge-2" }));
        Assert.That(list.Find("edge-2")!.Fingerprint.ToString(), Is.EqualTo(Two));
    }

    [TestCase("shop", "write NAME FINGERPRINT")]
    [TestCase("shop " + One + " more", "write NAME FINGERPRINT")]
    [TestCase("shop\r" + One, "write NAME FINGERPRINT", TestName = "A lone CR parts no words: 'trust --remove shop' would not find the line")]
    [TestCase("shop\u00a0" + One, "write NAME FINGERPRINT", TestName = "Nor does a no-break space")]
    [TestCase("Shop " + One, "a name has")]
    [TestCase("shop SHA256:abc", "fingerprint of shop")]
    public void A_line_that_cannot_be_understood_is_named_and_the_others_stand(string line, string problem)
    {
        PeerList list = Parse($"good {Two}\n{line}\n");
        Assert.That(list.All.Select(peer => peer.Name), Is.EqualTo(new[] { "good" }));
        Assert.That(list.Problems, Has.Count.EqualTo(1));
        Assert.That(list.Problems[0], Does.StartWith("line 2: ").And.Contain(problem));
    }

    [Test]
    public void The_first_line_wins_over_a_second_of_the_same_name_or_key()
    {
        PeerList list = Parse($"shop {One}\nshop {Two}\nother {One}\n");
        Assert.That(list.All, Has.Count.EqualTo(1));
        Assert.That(list.Problems, Has.Count.EqualTo(2));
    }

    private static PeerList Parse(string text) => PeerList.Parse(Encoding.UTF8.GetBytes(text));
}
