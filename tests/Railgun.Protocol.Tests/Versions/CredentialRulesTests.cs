using Railgun.Protocol.Heads;
using Railgun.Protocol.Versions;

namespace Railgun.Protocol.Tests.Versions;

internal sealed class CredentialRulesTests
{
    private static readonly CredentialRules Rules = new(new CredentialOptions());

    [TestCase]
    [TestCase("Accept: text/html", "User-Agent: x")]
    [TestCase("Cookie: _ga=GA1.2.3; _gid=1; _fbp=fb.1")]
    [TestCase("Cookie: _ga_ABC123=GS1; __utmz=1; _hjSessionUser_123=x; OptanonConsent=isGpcEnabled=0&x; AWSALB=zzz; __cf_bm=q")]
    [TestCase("Cookie: ")]
    [TestCase("Cookie: ;; ;")]
    [TestCase("X-Requested-With: XMLHttpRequest", "Authority: x")]
    public void Without_credentials_one_is_anonymous(params string[] fields) =>
        Assert.That(Rules.Identify(Requests.Get("/", fields)), Is.EqualTo(Principal.Anonymous));

    [TestCase("Authorization: Bearer 1")]
    [TestCase("authorization: Basic YTpi")]
    [TestCase("Proxy-Authorization: Basic YTpi")]
    [TestCase("X-Api-Key: 1")]
    [TestCase("X-Auth-Token: 1")]
    [TestCase("Client-Cert: :MIIB:")]
    [TestCase("X-Forwarded-User: ann")]
    [TestCase("Cookie: sid=1")]
    [TestCase("Cookie: _ga=1; sid=1")]
    [TestCase("Cookie: nonsense")]
    [TestCase("Cookie: _GA=1")]
    [TestCase("Cookie: _gaming=1")]
    public void Each_credential_makes_a_principal(string field)
    {
        Principal who = Rules.Identify(Requests.Get("/", field));
        Assert.That(who.IsAnonymous, Is.False);
        Assert.That(Rules.Identify(Requests.Get("/other", "Accept: x", field)), Is.EqualTo(who), "it does not depend on the rest of the request");
    }

    [TestCase("Cookie: sid=1; lang=de", "Cookie: lang=de; sid=1")]
    [TestCase("Cookie: sid=1; lang=de", "Cookie:  sid=1 ;  lang=de;")]
    [TestCase("Cookie: sid=1; _ga=5; lang=de", "Cookie: lang=de; sid=1; _ga=6; _gid=7")]
    [TestCase("Authorization: Bearer 1", "AUTHORIZATION: Bearer 1")]
    public void The_same_credentials_are_the_same_principal(string one, string other) => Assert.That(Who(one), Is.EqualTo(Who(other)));

    [TestCase("Cookie: sid=1", "Cookie: sid=2")]
    [TestCase("Cookie: sid=1", "Cookie: SID=1")]
    [TestCase("Cookie: sid=1", "Cookie: sid=1; lang=de")]
    [TestCase("Cookie: a=1; a=2", "Cookie: a=2; a=1")]
    [TestCase("Cookie: a=b; c=d", "Cookie: a=b&c=d")]
    [TestCase("Cookie: ab=c", "Cookie: a=bc")]
    [TestCase("Cookie: sid", "Cookie: sid=")]
    [TestCase("Authorization: Bearer 1", "Authorization: Bearer 2")]
    [TestCase("Authorization: Bearer 1", "Proxy-Authorization: Bearer 1")]
    [TestCase("Authorization: a", "Cookie: Authorization=a")]
    public void Other_credentials_are_another_principal(string one, string other) => Assert.That(Who(one), Is.Not.EqualTo(Who(other)));

    [Test]
    public void Several_cookie_fields_are_one()
    {
        Principal together = Rules.Identify(Requests.Get("/", "Cookie: b=2; a=1; _ga=x; c=3"));
        Principal apart = Rules.Identify(Requests.Get("/", "Cookie: a=1", "Accept: */*", "cookie: _ga=y", "Cookie: c=3; b=2"));
        Assert.That(apart, Is.EqualTo(together));
    }

    [Test]
    public void Any_number_of_cookies_counts()
    {
        string many = "Cookie: " + string.Join("; ", Enumerable.Range(0, 5000).Select(i => $"c{i * 7919 % 5000}={i}"));
        string one = many.Replace("=4999", "=x", StringComparison.Ordinal);
        Assert.That(Who(many + "; _ga=1"), Is.EqualTo(Who(many)));
        Assert.That(Who(many), Is.Not.EqualTo(Who(one)));
    }

    [Test]
    public void Principals_of_two_processes_do_not_match() =>
        Assert.That(new CredentialRules(new CredentialOptions()).Identify(Requests.Get("/", "Cookie: sid=1")), Is.Not.EqualTo(Who("Cookie: sid=1")));

    [Test]
    public void A_principal_never_shows_in_logs() => Assert.That(Who("Cookie: sid=1").ToString(), Is.EqualTo("principal"));

    [Test]
    public void The_operator_names_more_fields_and_cookies()
    {
        var rules = new CredentialRules(new CredentialOptions { CredentialHeaders = ["X-Tenant", "X-My-*"], IgnoredCookies = ["theme", "ab_*_test"] });
        Assert.That(rules.Identify(Requests.Get("/", "x-tenant: 1")).IsAnonymous, Is.False);
        Assert.That(rules.Identify(Requests.Get("/", "X-My-Key: 1")).IsAnonymous, Is.False);
        Assert.That(rules.Identify(Requests.Get("/", "Cookie: theme=dark; ab_17_test=b; _ga=1")).IsAnonymous, Is.True);
        Assert.That(rules.Identify(Requests.Get("/", "Cookie: ab_17_tests=b")).IsAnonymous, Is.False);
    }

    [Test]
    public void The_known_cookies_can_be_made_to_count() =>
        Assert.That(new CredentialRules(new CredentialOptions { IgnoreKnownCookies = false }).Identify(Requests.Get("/", "Cookie: _ga=1")).IsAnonymous, Is.False);

    [Test]
    public void If_all_users_share_nobody_is_told_apart() =>
        Assert.That(new CredentialRules(new CredentialOptions { ShareAmongAllUsers = true }).Identify(Requests.Get("/", "Cookie: sid=1")).IsAnonymous, Is.True);

    [TestCase("sid=1; Path=/; HttpOnly", true)]
    [TestCase("_ga=GA1; Domain=.example", false)]
    [TestCase("AWSALB=x; Expires=Mon, 01 Jan 2029 00:00:00 GMT", false)]
    [TestCase("nonsense", true)]
    [TestCase("", true)]
    public void A_response_sets_credentials_unless_the_cookie_is_ignored(string cookie, bool sets) =>
        Assert.That(Rules.SetsCredentials(Requests.Answer("Set-Cookie: _gid=1", $"Set-Cookie: {cookie}")), Is.EqualTo(sets));

    private static Principal Who(string field) => Rules.Identify(Requests.Get("/", field));
}
