namespace Railgun.Architecture.Tests;

/// <summary>Calls that stand nowhere, tests and demonstration included.</summary>
internal sealed class BannedTests
{
    private static readonly Rule[] Rules =
    [
        new("Finish it, or leave it out", @"\bNotImplementedException\b"),
        new("Time comes from a TimeProvider", @"\bDateTime(Offset)?\.(Utc)?Now\b"),
        new("Await a TimeProvider's delay or the event itself", @"\bThread\.Sleep\b"),
        new("Fix what the compiler says", @"^\s*#pragma\s+warning\s+disable"),
    ];

    [TestCaseSource(nameof(Rules))]
    public void Nobody_uses_it(Rule rule) => Assert.That(rule.BrokenBy(Checkout.Sources), Is.Empty, rule.Why);

    [Test]
    public void The_sources_are_found() => Assert.That(Checkout.Product.Count(), Is.GreaterThan(10));

    [Test]
    public void No_file_waits_to_be_finished()
    {
        string[] marks = [string.Concat("TO", "DO"), string.Concat("FIX", "ME")];
        Assert.That(Checkout.Sources.Where(f => marks.Any(m => f.Text.Contains(m, StringComparison.Ordinal))), Is.Empty);
    }
}
