namespace Railgun.Architecture.Tests;

/// <summary>Which folder may name what (ARCHITECTURE.md, "Layers").</summary>
internal sealed class LayerTests
{
    private const string Frames = @"\b(Railgun\.)?Protocol\.(Frames|Transport)\b";
    private const string InputOutput = @"\bSystem\.Net\b|\bSockets?\b|\bSslStream\b|\bNetworkStream\b|\bFileStream\b|\bFile\.\w+";
    private const string Clocks = @"\bTimeProvider\b|\bStopwatch\b|\bDateTime(Offset)?\.\w*Now\b|\bEnvironment\.TickCount(64)?\b|\bnew Random\(\)|\bRandom\.Shared\b";

    private static readonly TestCaseData[] Rules =
    [
        Of("Deltas know no frames", Frames, "Railgun.Protocol/Deltas"),
        Of("Deltas do no input or output", InputOutput, "Railgun.Protocol/Deltas"),
        Of("Versions know no frames", Frames, "Railgun.Protocol/Versions"),
        Of("Versions do no input or output", InputOutput, "Railgun.Protocol/Versions"),
        Of("The engine knows no sockets", InputOutput, "Railgun.Protocol/Engine", "Railgun.Protocol/Frames"),
        Of("The engine knows no transport", @"\bProtocol\.Transport\b", "Railgun.Protocol/Engine", "Railgun.Protocol/Frames"),
        Of("The engine reads no clock and throws no dice of its own", Clocks, "Railgun.Protocol/Engine", "Railgun.Protocol/Frames"),
        Of("The engine owns no task", @"\bTask(<|\.|Completion|Scheduler)|\basync\b|\bThreadPool\b|\bThread\b", "Railgun.Protocol/Engine", "Railgun.Protocol/Frames"),
        Of("The engine logs nothing", @"\bILogger\b|\bLoggerMessage\b", "Railgun.Protocol/Engine", "Railgun.Protocol/Frames"),
        Of("The sender does not know the proxy library", @"\bYarp\b", "Railgun.Sender", "Railgun.Protocol"),
        Of("Only the sender asks the origin", @"\bHttpClient\b|\bSocketsHttpHandler\b", "Railgun.Listener", "Railgun.Protocol"),
    ];

    [TestCaseSource(nameof(Rules))]
    public void A_layer_names_only_what_it_may(Rule rule, string[] folders)
    {
        var files = Checkout.Product.Where(f => f.IsIn(folders)).ToList();
        Assert.That(files, Is.Not.Empty, "The folder is gone: move the rule along.");
        Assert.That(rule.BrokenBy(files), Is.Empty, rule.Why);
    }

    [Test]
    public void In_the_sender_only_its_origin_folder_names_the_http_client()
    {
        var rule = new Rule("The origin is asked through an interface of events", @"\bHttpClient\b|\bSocketsHttpHandler\b|\bHttpMessageInvoker\b");
        Assert.That(rule.BrokenBy(Checkout.Product.Where(f => f.IsIn("Railgun.Sender") && !f.IsIn("Railgun.Sender/Origin"))), Is.Empty);
    }

    [Test]
    public void A_broken_rule_is_found_with_its_place()
    {
        var rule = new Rule("", InputOutput);
        SourceFile[] files = [new("a/B.cs", "// Socket\nvar s = new Socket();\n"), new("a/C.cs", "string s = \"Socket\";\n")];
        Assert.That(rule.BrokenBy(files), Is.EqualTo(new[] { "a/B.cs:2 Socket" }));
    }

    private static TestCaseData Of(string why, string pattern, params string[] folders) =>
        new TestCaseData(new Rule(why, pattern), folders).SetArgDisplayNames(why);
}
