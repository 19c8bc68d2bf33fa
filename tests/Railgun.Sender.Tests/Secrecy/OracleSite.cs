using System.Globalization;
using System.Text;
using Railgun.Protocol.Heads;
using Railgun.Protocol.Versions;
using Railgun.Sender.Tests.Exchanges;
using Railgun.TestKit;

namespace Railgun.Sender.Tests.Secrecy;

/// <summary>
/// A site whose pages hold each user's own token, and repeat what is searched for: what an attacker needs who can see how long answers are on the link. He gets what is best for
/// him: every request offers the victim's version, as a listener of his own making would.
/// </summary>
internal sealed class OracleSite(CredentialOptions options) : IDisposable
{
    private const string Victim = "alice";

    private readonly SenderBench _bench = new(credentials: options);
    private readonly byte[] _rest = new PageMaker(7).First(30);
    private VersionName _victims;

    /// <summary>The victim looks at her page, which both sides then hold.</summary>
    public async Task ShowVictimAsync(string secret)
    {
        byte[] page = Page(secret, "");
        await _bench.ViewAsync(SenderBench.Get("/account", ("Cookie", $"session={Victim}")), page, []);
        _victims = VersionName.Of(page);
    }

    /// <summary>Another user searches, on a page with his own token.</summary>
    public Task<long> AskAsAnotherAsync(string guess) => AskAsync(Page("0123456789ab", guess), guess, ("Cookie", "session=mallory"));

    /// <summary>Nobody in particular searches, on a page without a token.</summary>
    public Task<long> AskAsPublicAsync(string guess) => AskAsync(Page("", guess), guess);

    /// <summary>Another site makes the victim's browser search: the answer holds both the secret and the guess.</summary>
    public Task<long> AskCrossSiteAsync(string guess, string secret) =>
        AskAsync(Page(secret, guess), guess, ("Cookie", $"session={Victim}"), ("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Mode", "no-cors"));

    /// <inheritdoc/>
    public void Dispose() => _bench.Dispose();

    private async Task<long> AskAsync(byte[] page, string guess, params (string Name, string Value)[] fields)
    {
        RequestHead head = SenderBench.Get($"/account?q={guess}", fields);
        FakeExchange answer = await _bench.ViewAsync(head, page, [_victims]);
        return answer.LinkBytes.Down;
    }

    private byte[] Page(string token, string query) =>
    [
        .. Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"<!doctype html><form><input type=hidden name=csrf value=\"{token}\"></form>\n")),
        .. _rest,
        .. Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"<p>You searched for name=csrf value=\"{query}\"</p>\n")),
    ];
}
