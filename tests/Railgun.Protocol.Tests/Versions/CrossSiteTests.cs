using Railgun.Protocol.Heads;
using Railgun.Protocol.Versions;

namespace Railgun.Protocol.Tests.Versions;

/// <summary>All requests here ask shop.example.</summary>
internal sealed class CrossSiteTests
{
    private static readonly CredentialRules Rules = new(new CredentialOptions());

    [TestCase(false)]
    [TestCase(false, "Sec-Fetch-Site: same-origin")]
    [TestCase(false, "Sec-Fetch-Site: same-site")]
    [TestCase(false, "Sec-Fetch-Site: none")]
    [TestCase(true, "Sec-Fetch-Site: cross-site")]
    [TestCase(true, "Sec-Fetch-Site: something-new")]
    [TestCase(true, "Sec-Fetch-Site: same-origin", "Sec-Fetch-Site: cross-site")]
    [TestCase(true, "sec-fetch-site: cross-site", "Sec-Fetch-Mode: navigate", "Sec-Fetch-User: ?1")]
    [TestCase(false, "Sec-Fetch-Site: same-site", "Origin: https://app.example")]
    [TestCase(false, "Origin: https://shop.example")]
    [TestCase(false, "Origin: https://SHOP.example:8443")]
    [TestCase(true, "Origin: https://evil.example")]
    [TestCase(true, "Origin: null")]
    [TestCase(true, "Origin: https://shop.example.evil.example")]
    [TestCase(false, "Referer: https://shop.example/page?x#y")]
    [TestCase(true, "Referer: https://evil.example/shop.example")]
    [TestCase(true, "Origin: https://evil.example", "Referer: https://shop.example/")]
    public void A_request_that_another_site_may_have_caused_gets_public_bases_only(bool expected, params string[] fields)
    {
        RequestHead anonymous = Requests.Get("/", fields);
        Assert.That(CrossSite.Suspects(anonymous), Is.EqualTo(expected));
        Assert.That(Rules.PublicBasesOnly(anonymous), Is.False, "without credentials there is nothing to protect");

        RequestHead known = Requests.Get("/", [.. fields, "Cookie: sid=1"]);
        Assert.That(Rules.PublicBasesOnly(known), Is.EqualTo(expected));
    }

    [TestCase(false, "Authorization: Bearer t")]
    [TestCase(false, "authorization: DPoP t", "X-Token-A: 1")]
    [TestCase(false, "Authorization: Bearer t", "Cookie: _ga=1")]
    [TestCase(true, "Authorization: Bearer t", "Cookie: sid=1")]
    [TestCase(true, "Authorization: Bearer t", "Authorization: Basic t")]
    [TestCase(true, "Authorization: Basic t")]
    [TestCase(true, "Authorization: negotiate t")]
    [TestCase(true, "Authorization: t")]
    [TestCase(true, "X-Api-Key: k")]
    [TestCase(true, "Cookie: sid=1")]
    public void What_only_scripts_send_another_site_cannot_have_sent(bool expected, params string[] credentials)
    {
        var rules = new CredentialRules(new CredentialOptions { CredentialHeaders = ["X-Token-*"], SentByScripts = ["authorization", "X-Token-*"] });
        RequestHead head = Requests.Get("/", [.. credentials, "Sec-Fetch-Site: cross-site"]);
        Assert.That(rules.MayBeProbed(head, Requests.Answer()), Is.EqualTo(expected));
        Assert.That(rules.PublicBasesOnly(head), Is.True, "a user's versions are no bases for it in any case");
        Assert.That(rules.MayBeProbed(head, Requests.Answer("Cache-Control: public")), Is.False);
        Assert.That(new CredentialRules(new CredentialOptions { CredentialHeaders = ["X-Token-*"] }).MayBeProbed(head, Requests.Answer()), Is.True, "unless the operator says so");
    }

    [TestCase("[::1]:8080", "http://[::1]", false)]
    [TestCase("[::1]", "http://[::2]:80", true)]
    [TestCase("10.0.0.1:8080", "http://10.0.0.1:3000", false)]
    public void Addresses_are_compared_without_their_ports(string authority, string origin, bool expected)
    {
        var head = new RequestHead { Method = "GET", Scheme = "http", Authority = authority, Target = "/", Fields = Requests.Fields($"Origin: {origin}") };
        Assert.That(CrossSite.Suspects(head), Is.EqualTo(expected));
    }
}
