using System.Text;
using Railgun.Protocol.Versions;
using Railgun.Sender.Coding;
using Railgun.Sender.Tests.Exchanges;
using Railgun.TestKit;
using Version = Railgun.Protocol.Versions.Version;

namespace Railgun.Sender.Tests.Coding;

internal sealed class BaseChoiceTests
{
    private readonly byte[] _page;
    private readonly byte[] _next;
    private readonly byte[] _other = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 6000).Select(i => $"{i * 7919 % 10007},")));

    public BaseChoiceTests()
    {
        PageMaker pages = new(6);
        _page = pages.First(100);
        _next = pages.Next(4);
    }

    [Test]
    public void Without_candidates_there_is_no_base() => Assert.That(Choose(_next), Is.EqualTo(ChosenBases.None));

    [Test]
    public void The_candidate_most_like_the_body_comes_first() => Assert.That(Choose(_next, _other, _page).First, Is.EqualTo(1));

    [Test]
    public void Of_equals_the_first_offered_wins_and_the_second_is_not_worth_its_time() =>
        Assert.That(Choose(_next, _page, [.. _page, 1]), Is.EqualTo(new ChosenBases(0, -1)));

    [Test]
    public void A_second_base_is_taken_where_it_has_what_the_first_lacks()
    {
        byte[] mixed = [.. _page.AsSpan(0, 12_000), .. _other.AsSpan(0, 12_000)];
        byte[] shifted = [.. new byte[12_000], .. _other.AsSpan(0, 12_000)];
        Assert.That(Choose(mixed, _page, shifted), Is.EqualTo(new ChosenBases(0, 1)));
    }

    [Test]
    public void The_likeliest_candidate_stays_as_the_second_when_the_beginning_is_more_like_another()
    {
        byte[] newest = [.. _page];
        newest.AsSpan(3000, 4000).Fill((byte)'x');
        Assert.That(Choose(_next, newest, _page), Is.EqualTo(new ChosenBases(1, 0)));
    }

    [Test]
    public void A_long_piece_without_anything_in_common_gets_none() => Assert.That(Choose(_next, _other), Is.EqualTo(ChosenBases.None));

    [Test]
    public void A_short_piece_is_left_to_the_trial() => Assert.That(Choose("{\"time\":\"10:00\"}"u8.ToArray(), "{\"time\":\"09:59\"}"u8.ToArray()).First, Is.Zero);

    [Test]
    public void Before_the_first_byte_the_order_of_the_offers_decides() => Assert.That(Choose([], _other, _page), Is.EqualTo(new ChosenBases(0, -1)));

    [Test]
    public void Text_put_in_at_the_front_does_not_hide_likeness()
    {
        byte[] moved = [.. Encoding.UTF8.GetBytes(new string('x', 3000)), .. _page];
        Assert.That(Likeness.Score(Likeness.Compare(moved, _page)), Is.GreaterThan(Likeness.Samples / 2));
        Assert.That(Likeness.Score(Likeness.Compare(_page, _page)), Is.EqualTo(Likeness.Samples));
        Assert.That(Likeness.Score(Likeness.Compare(_page, [])), Is.Zero);
        Assert.That(Likeness.Score(Likeness.Compare("short"u8, _page)), Is.Zero);
    }

    [Test]
    public void Markup_that_recurs_does_not_hide_that_a_card_was_put_in([Range(1, 20)] int seed)
    {
        Random random = new(seed);
        string[] cards = [.. Enumerable.Range(0, 100).Select(_ => Card(random))];
        byte[] before = Encoding.UTF8.GetBytes(string.Concat(cards));
        int place = random.Next(10);
        byte[] after = Encoding.UTF8.GetBytes(string.Concat([.. cards[..place], Card(random), .. cards[place..]]));
        Assert.That(Likeness.Score(Likeness.Compare(after, before)), Is.GreaterThan(Likeness.Samples * 3 / 4), $"before card {place}");
    }

    private static string Card(Random random)
    {
        string words = string.Concat(Enumerable.Range(0, random.Next(3, 60)).Select(_ => $"{random.Next(100_000):x} "));
        return $"<article class=\"card card-wide\"><header><h2 class=\"card-title\"><a class=\"card-link\" href=\"/stories/{random.Next():x8}\">{words}</a></h2></header>"
            + "<footer class=\"card-footer\"><button type=\"button\" class=\"card-save\">Save this story</button></footer></article>\n";
    }

    private static ChosenBases Choose(byte[] piece, params byte[][] candidates)
    {
        using VersionStore store = new(new VersionStoreOptions());
        Asker asker = Asker.Of(SenderBench.Get("/"), new CredentialRules(new CredentialOptions()));
        foreach (byte[] candidate in candidates)
        {
            using VersionBuilder builder = store.NewBuilder();
            builder.Append(candidate);
            Version version = builder.Complete()!;
            store.Put(version, asker.Use with { Sharing = Sharing.Public });
            version.Release();
        }

        using BasePins pins = BasePins.Resolve(store, [.. candidates.Select(c => VersionName.Of(c))], asker.Use, publicOnly: false);
        Assert.That(pins.Count, Is.EqualTo(candidates.Length));
        return BaseChoice.Choose(pins, piece);
    }
}
