using Railgun.Protocol.Heads;
using Railgun.Protocol.Versions;

namespace Railgun.Protocol.Tests.Versions;

internal sealed class SharingPolicyTests
{
    private const string Known = "Cookie: sid=1";

    private static readonly CredentialRules Rules = new(new CredentialOptions());

    // Target, a request field, a response field, then what becomes of it.
    [TestCase("/", "", "", Sharing.Public, "public")]
    [TestCase("/", "Cookie: _ga=1", "", Sharing.Public, "public")]
    [TestCase("/", "", "Cache-Control: no-cache, max-age=0", Sharing.Public, "public")]
    [TestCase("/", "", "Cache-Control: x=\"private, no-store\"", Sharing.Public, "public")]
    [TestCase("/", "", "Vary: Accept-Encoding, Cookie", Sharing.Public, "public")]
    [TestCase("/", "", "Set-Cookie: AWSALB=1; Path=/", Sharing.Public, "public")]
    [TestCase("/", "", "Content-Encoding: identity", Sharing.Public, "public")]
    [TestCase("/?q=1", "", "", Sharing.PublicPage, "public-page")]
    [TestCase("/?q=1", "", "Cache-Control: Public, max-age=5", Sharing.Public, "public")]
    [TestCase("/reset/mF9x2Kq7TzR4vB8nLp3Wd6", "", "", Sharing.PublicPage, "public-page")]
    [TestCase("/account;jsessionid=0A1B", "", "", Sharing.PublicPage, "public-page")]
    [TestCase("/reset/mF9x2Kq7TzR4vB8nLp3Wd6", "", "Cache-Control: public", Sharing.Public, "public")]
    [TestCase("/", Known, "", Sharing.Principal, "principal")]
    [TestCase("/?q=1", Known, "", Sharing.Principal, "principal")]
    [TestCase("/", Known, "Cache-Control: public", Sharing.Principal, "principal")]
    [TestCase("/", Known, "Cache-Control: private", Sharing.Principal, "principal")]
    [TestCase("/", Known, "Set-Cookie: sid=2", Sharing.Principal, "principal")]
    [TestCase("/", Known, "Vary: *", Sharing.Principal, "principal")]
    [TestCase("/", "Authorization: Bearer 1", "", Sharing.Principal, "principal")]
    [TestCase("/", "", "Set-Cookie: sid=1", Sharing.None, "set-cookie")]
    [TestCase("/", "", "Cache-Control: private", Sharing.None, "private")]
    [TestCase("/", "", "Cache-Control: public, private=\"x\"", Sharing.None, "private")]
    [TestCase("/", "", "Vary: *", Sharing.None, "varies")]
    [TestCase("/", "X-Tenant: 7", "Vary: Accept, X-Tenant", Sharing.None, "varies")]
    [TestCase("/", "", "Vary: Accept, X-Tenant", Sharing.Public, "public")]
    [TestCase("/", "Accept-Language: de", "Vary: Accept-Language", Sharing.Public, "public")]
    [TestCase("/", "", "Cache-Control: no-store", Sharing.None, "no-store")]
    [TestCase("/", Known, "Cache-Control: No-Store", Sharing.None, "no-store")]
    [TestCase("/", Known, "Cache-Control: private,  max-age=\"0\" , no-store", Sharing.None, "no-store")]
    [TestCase("/", "", "Cache-Control: x=\"1, no-store", Sharing.None, "no-store")]
    [TestCase("/", "", "Cache-Control: \"no-store", Sharing.None, "no-store")]
    [TestCase("/", "", "Cache-Control: x=\"\\\", no-store, y=\"", Sharing.None, "no-store")]
    [TestCase("/", "", "Cache-Control: x=\"1, private=\"a\"", Sharing.None, "private")]
    [TestCase("/?q=1", "", "Cache-Control: public, x=\"", Sharing.PublicPage, "public-page")]
    [TestCase("/", "X-Tenant: 7", "Vary: \"a, X-Tenant", Sharing.None, "varies")]
    [TestCase("/", "Cache-Control: no-store", "", Sharing.None, "no-store-asked")]
    [TestCase("/", "Cache-Control: no-store", "Cache-Control: public", Sharing.None, "no-store-asked")]
    [TestCase("/", Known, "Content-Encoding: gzip", Sharing.None, "coded")]
    [TestCase("/", "", "Content-Encoding: identity, br", Sharing.None, "coded")]
    [TestCase("/", Known, "Content-Type: text/event-stream; charset=utf-8", Sharing.None, "event-stream")]
    [TestCase("/", "", "Content-Type: application/grpc+proto", Sharing.None, "grpc")]
    [TestCase("/", "", "Content-Type: application/grpc-web", Sharing.None, "grpc")]
    public void Who_may_have_the_answer_to_a_GET(string target, string asked, string answered, Sharing sharing, string reason) =>
        Check("GET", target, asked, 200, answered, sharing, reason);

    [TestCase("HEAD", 200, Sharing.None, "no-body")]
    [TestCase("GET", 204, Sharing.None, "no-body")]
    [TestCase("GET", 205, Sharing.None, "no-body")]
    [TestCase("GET", 304, Sharing.None, "no-body")]
    [TestCase("GET", 103, Sharing.None, "no-body")]
    [TestCase("GET", 206, Sharing.None, "partial")]
    [TestCase("GET", 101, Sharing.None, "upgrade")]
    [TestCase("CONNECT", 200, Sharing.None, "upgrade")]
    [TestCase("GET", 404, Sharing.Public, "public")]
    [TestCase("GET", 500, Sharing.Public, "public")]
    [TestCase("POST", 200, Sharing.None, "method")]
    [TestCase("QUERY", 200, Sharing.None, "method")]
    public void Who_may_have_the_answer_by_method_and_status(string method, int status, Sharing sharing, string reason) =>
        Check(method, "/", "", status, "", sharing, reason);

    [Test]
    public void The_answer_to_a_POST_is_kept_for_its_principal_or_if_it_says_public()
    {
        Check("POST", "/graphql", Known, 200, "", Sharing.Principal, "principal");
        Check("POST", "/graphql", "", 200, "Cache-Control: public", Sharing.Public, "public");
    }

    [TestCase("", "", Sharing.None, "cross-site")]
    [TestCase("Sec-Fetch-User: ?1", "", Sharing.Principal, "principal")]
    [TestCase("", "Cache-Control: public", Sharing.Principal, "principal")]
    public void What_another_site_made_a_user_ask_for_is_no_base_later(string click, string answered, Sharing sharing, string reason)
    {
        const string OfAnother = "Sec-Fetch-Site: cross-site";
        RequestHead request = Requests.Get("/?q=guess", [Known, OfAnother, .. Lines(click)]);
        SharingDecision decision = SharingPolicy.Decide(request, Rules.Identify(request), Requests.Answer(Lines(answered)), Rules);
        Assert.That((decision.Sharing, decision.Reason), Is.EqualTo((sharing, reason)));
        Check("GET", "/", OfAnother, 200, "", Sharing.Public, "public");
    }

    [Test]
    public void An_extended_connect_is_an_upgrade()
    {
        var head = new RequestHead { Method = "GET", Scheme = "https", Authority = "a", Target = "/", Protocol = "websocket" };
        Assert.That(SharingPolicy.Decide(head, default, Requests.Answer(), Rules).Reason, Is.EqualTo(SharingReason.Upgrade));
    }

    [TestCase(Known, "Set-Cookie: sid=2", Sharing.Public)]
    [TestCase("", "Cache-Control: private", Sharing.Public)]
    [TestCase(Known, "Cache-Control: no-store", Sharing.None)]
    [TestCase(Known, "Content-Encoding: gzip", Sharing.None)]
    public void If_all_users_share_only_what_cannot_be_kept_is_not(string asked, string answered, Sharing sharing)
    {
        var rules = new CredentialRules(new CredentialOptions { ShareAmongAllUsers = true });
        RequestHead request = Requests.Get("/?q=1", Lines(asked));
        Assert.That(SharingPolicy.Decide(request, rules.Identify(request), Requests.Answer(Lines(answered)), rules).Sharing, Is.EqualTo(sharing));
    }

    [TestCase("/", false)]
    [TestCase("/a?", true)]
    [TestCase("/2024/05/07/a-long-title-of-many-words-12", false)]
    [TestCase("/products/3f2504e0-4f89-11d3-9a0c-0305e82c3301", false)]
    [TestCase("/static/app.3f2a9c1b7d2e4f5a6b7c8d9e.js", false)]
    [TestCase("/internationalizationandlocalization", false)]
    [TestCase("/Ubuntu-Server-LTS-22-04-Release-Notes", false)]
    [TestCase("/d/1BxiMVs0XRA5nFMdKvBdBZjgmUUqptlbs74OgvE2upms/edit", true)]
    [TestCase("/reset/MTIz-bqf0c4-8d1b3a9e6f7c2d5a4b1e", true)]
    [TestCase("/share/9c1185a5c5e9fc54612808977ee8f548b2258d31", true)]
    [TestCase("/account;jsessionid=0A1B", true)]
    [TestCase("/cart;sid=1/summary", true)]
    [TestCase("/magic/eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjMifQ.dBjftJeZ4CVPmB92K27uhbUJU1p1r-wW1gFWFOEjXk", true)]
    [TestCase("/activate/MQ:1rT5gB:9fJ0x2Kq7TzR4vB8nLp3Wd6aQ/", true)]
    [TestCase("/packages/some.library.of-many.words/10.0.0-preview.1", false)]
    public void A_query_or_a_long_random_segment_may_be_a_secret(string target, bool expected) =>
        Assert.That(TargetSecrets.MayHold(target), Is.EqualTo(expected));

    private static void Check(string method, string target, string asked, int status, string answered, Sharing sharing, string reason)
    {
        RequestHead request = Requests.Make(method, target, Lines(asked));
        var response = new ResponseHead { Status = status, Fields = Requests.Fields(Lines(answered)) };
        SharingDecision decision = SharingPolicy.Decide(request, Rules.Identify(request), response, Rules);
        Assert.That((decision.Sharing, decision.Reason), Is.EqualTo((sharing, reason)));
        Assert.That(decision.Keeps, Is.EqualTo(sharing != Sharing.None));
    }

    private static string[] Lines(string line) => line.Length == 0 ? [] : [line];
}
