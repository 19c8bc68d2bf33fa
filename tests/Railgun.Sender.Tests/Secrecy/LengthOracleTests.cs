using System.Globalization;
using Railgun.Protocol.Versions;

namespace Railgun.Sender.Tests.Secrecy;

/// <summary>
/// Can the length of answers on the link tell what is in another user's page? In each try the secret is one of 16 candidates, the attacker asks with each of them, and takes the one
/// whose answer is shortest. By chance he is right in one try of 16. Seeded: each run is the same.
/// </summary>
internal sealed class LengthOracleTests
{
    private const int Tries = 100;
    private const int Candidates = 16;

    /// <summary>The mean by chance is 6.25 with a standard deviation of 2.4: one run in 2,500 has more than this by chance alone.</summary>
    private const int MostByChance = 15;

    private static readonly CredentialOptions Apart = new();
    private static readonly CredentialOptions Together = new() { ShareAmongAllUsers = true };

    [Test]
    public async Task Another_user_learns_nothing() =>
        Assert.That(await HitsAsync(Apart, static (site, guess, _) => site.AskAsAnotherAsync(guess)), Is.AtMost(MostByChance));

    [Test]
    public async Task The_public_learns_nothing() =>
        Assert.That(await HitsAsync(Apart, static (site, guess, _) => site.AskAsPublicAsync(guess)), Is.AtMost(MostByChance));

    [Test]
    public async Task Another_site_that_makes_the_victim_ask_learns_nothing_though_the_answer_holds_secret_and_guess() =>
        Assert.That(await HitsAsync(Apart, static (site, guess, secret) => site.AskCrossSiteAsync(guess, secret)), Is.AtMost(MostByChance));

    [Test]
    public async Task With_sharing_turned_on_another_user_learns_the_secret_so_that_the_test_can_see() =>
        Assert.That(await HitsAsync(Together, static (site, guess, _) => site.AskAsAnotherAsync(guess)), Is.AtLeast(Tries * 9 / 10));

    [Test]
    public async Task With_sharing_turned_on_the_public_learns_the_secret() =>
        Assert.That(await HitsAsync(Together, static (site, guess, _) => site.AskAsPublicAsync(guess)), Is.AtLeast(Tries * 9 / 10));

    [Test]
    public async Task With_sharing_turned_on_another_site_learns_the_secret() =>
        Assert.That(await HitsAsync(Together, static (site, guess, secret) => site.AskCrossSiteAsync(guess, secret)), Is.AtLeast(Tries * 9 / 10));

    [Test]
    public async Task Lengths_are_the_same_to_the_byte_whatever_the_secret()
    {
        var random = new Random(2);
        string[] guesses = Secrets(random);
        Assert.That(await LengthsAsync(guesses, guesses[3]), Is.EqualTo(await LengthsAsync(guesses, guesses[11])));
    }

    private static async Task<int> HitsAsync(CredentialOptions options, Func<OracleSite, string, string, Task<long>> ask)
    {
        var random = new Random(1);
        int hits = 0;
        for (int i = 0; i < Tries; i++)
        {
            string[] candidates = Secrets(random);
            string secret = candidates[random.Next(Candidates)];
            using var site = new OracleSite(options);
            await site.ShowVictimAsync(secret);
            long[] lengths = new long[Candidates];
            for (int c = 0; c < Candidates; c++)
            {
                lengths[c] = await ask(site, candidates[c], secret);
            }

            hits += candidates[Shortest(lengths, random)] == secret ? 1 : 0;
        }

        TestContext.Out.WriteLine($"{hits} of {Tries} secrets found; by chance {(double)Tries / Candidates:F1}");
        return hits;
    }

    // Of several that are as short, any.
    private static int Shortest(long[] lengths, Random random)
    {
        int[] best = [.. Enumerable.Range(0, lengths.Length).Where(i => lengths[i] == lengths.Min())];
        return best[random.Next(best.Length)];
    }

    private static async Task<List<long>> LengthsAsync(string[] guesses, string secret)
    {
        using var site = new OracleSite(Apart);
        await site.ShowVictimAsync(secret);
        List<long> lengths = [];
        foreach (string guess in guesses)
        {
            lengths.Add(await site.AskAsAnotherAsync(guess));
            lengths.Add(await site.AskAsPublicAsync(guess));
            lengths.Add(await site.AskCrossSiteAsync(guess, secret));
        }

        return lengths;
    }

    private static string[] Secrets(Random random) =>
        [.. Enumerable.Range(0, Candidates).Select(_ => random.NextInt64(1L << 48).ToString("x12", CultureInfo.InvariantCulture))];
}
