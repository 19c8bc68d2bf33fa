using Railgun.EndToEnd.Harness;

namespace Railgun.EndToEnd;

/// <summary>Who may share a base (design: decision 10), told by the base that the access log names.</summary>
internal sealed class SharingTests
{
    private static readonly (string, string) Alice = ("Cookie", "session=alice");
    private static readonly (string, string) Bob = ("Cookie", "session=bob");

    private RunningPair _pair = null!;

    // A pair for each test: a page of another test could serve as a sibling.
    [SetUp]
    public async Task StartAsync() => _pair = await RunningPair.StartAsync();

    [TearDown]
    public ValueTask StopAsync() => _pair.DisposeAsync();

    [TestCase("/page/basket")]
    [TestCase("/private/basket")]
    [TestCase("/set-cookie/basket")]
    public async Task Two_users_with_different_session_cookies_never_share_a_base(string path)
    {
        Served[] alice = [await _pair.PageAsync(path, Alice), await _pair.PageAsync(path, Alice)];
        Served[] bob = [await _pair.PageAsync(path, Bob), await _pair.PageAsync(path, Bob)];
        Served again = await _pair.PageAsync(path, Alice);
        Assert.That(alice[1].Use.Base, Is.EqualTo(alice[0].Name), alice[1].Use.NoBase);
        Assert.That(bob[0].Use.HasBase, Is.False, "Bob has seen nothing yet");
        Assert.That(bob[1].Use.Base, Is.EqualTo(bob[0].Name), bob[1].Use.NoBase);
        Assert.That(again.Use.Base, Is.EqualTo(alice[1].Name), again.Use.NoBase);
    }

    [Test]
    public async Task Two_users_with_an_authorization_never_share_a_base()
    {
        await _pair.PageAsync("/page/account", ("Authorization", "Bearer alice"));
        Served bob = await _pair.PageAsync("/page/account", ("Authorization", "Bearer bob"));
        Assert.That(bob.Use.HasBase, Is.False);
    }

    [Test]
    public async Task Two_users_with_only_analytics_cookies_share_a_base()
    {
        Served one = await _pair.PageAsync("/page/news", ("Cookie", "_ga=GA1.1.1; _gid=GA1.1.2; _fbp=fb.1.3"));
        Served two = await _pair.PageAsync("/page/news", ("Cookie", "_ga=GA1.1.4; _gid=GA1.1.5; _ga_X=6"));
        Served three = await _pair.PageAsync("/page/news");
        Assert.That(two.Use.Base, Is.EqualTo(one.Name), two.Use.NoBase);
        Assert.That(three.Use.Base, Is.EqualTo(two.Name), three.Use.NoBase);
    }

    [Test]
    public async Task A_user_may_be_answered_against_what_everybody_may_see()
    {
        Served anyone = await _pair.PageAsync("/page/front");
        Served alice = await _pair.PageAsync("/page/front", Alice);
        Assert.That(alice.Use.Base, Is.EqualTo(anyone.Name), alice.Use.NoBase);
    }

    [Test]
    public async Task What_a_user_saw_is_no_base_for_everybody()
    {
        await _pair.PageAsync("/page/desk", Alice);
        Served anyone = await _pair.PageAsync("/page/desk");
        Assert.That(anyone.Use.HasBase, Is.False);
    }

    [TestCase("/no-store/secret", "no-store")]
    [TestCase("/set-cookie/welcome", "set-cookie")]
    [TestCase("/private/welcome", "private")]
    public async Task An_answer_that_is_nobodys_to_keep_is_never_a_base(string path, string why)
    {
        await _pair.PageAsync(path);
        Served second = await _pair.PageAsync(path);
        Assert.That(second.Use.HasBase, Is.False);
        Assert.That((await _pair.SenderAccess.NextAsync(path, CancellationToken.None))?.NoBase, Is.EqualTo(why));
    }

    [Test]
    public async Task A_no_store_answer_is_no_base_for_its_own_user_either()
    {
        await _pair.PageAsync("/no-store/mine", Alice);
        Assert.That((await _pair.PageAsync("/no-store/mine", Alice)).Use.HasBase, Is.False);
    }

    [Test]
    public async Task Another_query_is_another_page_unless_the_answer_is_marked_public()
    {
        Served first = await _pair.PageAsync("/page/search?q=anna");
        Assert.That((await _pair.PageAsync("/page/search?q=otto")).Use.HasBase, Is.False);
        Assert.That((await _pair.PageAsync("/page/search?q=anna")).Use.Base, Is.EqualTo(first.Name));

        Served open = await _pair.PageAsync("/public/search?q=anna");
        Assert.That((await _pair.PageAsync("/public/search?q=otto")).Use.Base, Is.EqualTo(open.Name));
    }

    [Test]
    public async Task A_request_from_another_site_gets_no_base_of_the_users_own()
    {
        await _pair.PageAsync("/page/mail", Alice);
        Served foreign = await _pair.PageAsync("/page/mail", Alice, ("Sec-Fetch-Site", "cross-site"));
        Assert.That(foreign.Use.HasBase, Is.False);
    }

    [Test]
    public async Task A_page_never_seen_is_coded_against_its_sibling()
    {
        Served sibling = await _pair.PageAsync("/public/first-article");
        Assert.That((sibling.Use.HasBase, sibling.Use.NoBase), Is.EqualTo((false, "not-seen")));
        Served fresh = await _pair.PageAsync("/public/second-article");
        Assert.That(fresh.Use.Base, Is.EqualTo(sibling.Name), fresh.Use.NoBase);
    }
}
