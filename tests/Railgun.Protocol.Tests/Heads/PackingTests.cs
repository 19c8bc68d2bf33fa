using Railgun.Protocol.Heads;

namespace Railgun.Protocol.Tests.Heads;

internal sealed class PackingTests
{
    [TestCase("Thu, 01 Jan 1970 00:00:00 GMT", 0)]
    [TestCase("Sun, 06 Nov 1994 08:49:37 GMT", 784_111_777)]
    [TestCase("Fri, 31 Dec 9999 23:59:59 GMT", FixDate.Max)]
    [TestCase("Tue, 29 Feb 2028 23:59:59 GMT", 1_835_481_599)]
    public void A_date_is_read_and_written(string text, long seconds)
    {
        Assert.That(FixDate.TryRead(text, out long read), Is.True);
        Assert.That((read, FixDate.Text(seconds)), Is.EqualTo((seconds, text)));
    }

    [TestCase("Wed, 31 Dec 1969 23:59:59 GMT", TestName = "Before 1970")]
    [TestCase("Mon, 06 Nov 1994 08:49:37 GMT", TestName = "The wrong day of the week")]
    [TestCase("Sun, 06 nov 1994 08:49:37 GMT", TestName = "A month in small letters")]
    [TestCase("Sun, 06 Nov 1994 08:49:60 GMT", TestName = "A leap second")]
    [TestCase("Sun, 31 Feb 1994 08:49:37 GMT", TestName = "A day that is not")]
    [TestCase("Sun, 06-Nov-94 08:49:37 GMT  ", TestName = "An older form")]
    [TestCase("Sun, 06 Nov 1994 08:49:37 UTC", TestName = "Another zone")]
    [TestCase("Sun, 06 Nov 1994 08:49:37 GMT ", TestName = "A blank behind")]
    [TestCase("", TestName = "Nothing")]
    public void Is_no_date(string text) => Assert.That(FixDate.TryRead(text, out _), Is.False);

    [TestCase(":t", "/a/b?c/d=1", "|a|b|?c/d=1")]
    [TestCase(":t", "/", "|")]
    [TestCase(":t", "/?", "||?")]
    [TestCase(":t", "?", "|?")]
    [TestCase(":t", "*", null)]
    [TestCase(":t", "", null)]
    [TestCase("referer", "https://a.example/b/", "https:||a.example|b|")]
    [TestCase("Cookie", "a=1; b=2", "a=1|b=2")]
    [TestCase("Cookie", "a=1;b=2", null)]
    [TestCase("Cookie", "a=1; ", "a=1|")]
    [TestCase("Set-Cookie", "a=1; Path=/; HttpOnly", "a=1|Path=/|HttpOnly")]
    [TestCase("Cache-Control", "no-cache, max-age=0", "no-cache|max-age=0")]
    public void A_value_is_split_into_pieces_that_make_it_again(string name, string value, string? pieces)
    {
        Assert.That(Pieces.TryGetForm(name, out ValueForm form), Is.True);
        var ranges = new Range[Pieces.Max];
        int count = Pieces.Split(value, form, ranges);
        Assert.That(count == 0 ? null : string.Join('|', ranges.Take(count).Select(r => value[r])), Is.EqualTo(pieces));
    }

    [TestCase("Authorization")]
    [TestCase("X-Api-Key")]
    [TestCase("ETag")]
    public void Other_values_are_never_split(string name) => Assert.That(Pieces.TryGetForm(name, out _), Is.False);

    [Test]
    public void Static_names_are_all_different_and_fields_are_tokens()
    {
        string[] names = [.. Enumerable.Range(StaticNames.FirstField, StaticNames.Count - StaticNames.FirstField).Select(StaticNames.Text)];
        Assert.That(names, Is.Unique);
        Assert.That(names, Has.All.Matches<string>(n => n[0] == ':' || FieldText.IsName(System.Text.Encoding.Latin1.GetBytes(n))));
        Assert.That(names.Take(6), Is.EqualTo(new[] { ":m", ":s", ":a", ":t", ":p", ":c" }));
        Assert.That(names.Skip(6).Take((names.Length - 6) / 2).Select(n => n.ToLowerInvariant()), Is.EqualTo(names.Skip(6 + ((names.Length - 6) / 2))));
    }
}
