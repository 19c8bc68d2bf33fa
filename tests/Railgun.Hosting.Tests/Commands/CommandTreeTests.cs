using Railgun.Hosting.Commands;
using Railgun.Protocol.Identity;

namespace Railgun.Hosting.Tests.Commands;

internal sealed class CommandTreeTests
{
    private const string Other = "SHA256:AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    private ScratchDirectory _scratch = null!;
    private StringWriter _output = null!;
    private StringWriter _error = null!;

    [SetUp]
    public void MakeScratch()
    {
        _scratch = new ScratchDirectory();
        _output = new StringWriter();
        _error = new StringWriter();
    }

    [TearDown]
    public void RemoveScratch()
    {
        _scratch.Dispose();
        _output.Dispose();
        _error.Dispose();
    }

    [Test]
    public async Task A_peer_is_trusted_listed_and_removed()
    {
        Assert.That(await RunAsync("trust", Other, "--name", "edge"), Is.Zero);
        Assert.That(await RunAsync("trust", "--list"), Is.Zero);
        Assert.That(_output.ToString(), Does.EndWith($"edge {Other}{Environment.NewLine}"));
        Assert.That(await RunAsync("trust", "--remove", "edge"), Is.Zero);
        Assert.That(TrustedPeers.In(_scratch.Path).All, Is.Empty);
    }

    [TestCase("trust")]
    [TestCase("trust", "--list", "--remove", "x")]
    [TestCase("trust", "nonsense", "--name", "edge")]
    [TestCase("trust", Other)]
    [TestCase("trust", Other, "--name", "Not a name")]
    public async Task A_trust_that_says_too_little_or_nonsense_is_a_mistake(params string[] arguments)
    {
        Assert.That(await RunAsync(arguments), Is.EqualTo(ExitCode.Mistake));
        Assert.That(_error.ToString(), Is.Not.Empty);
    }

    [Test]
    public async Task What_stands_in_the_way_of_trust_is_said()
    {
        await RunAsync("trust", Other, "--name", "edge");
        Assert.That(await RunAsync("trust", Other, "--name", "edge"), Is.Zero, "the same again");
        Assert.That(await RunAsync("trust", Other, "--name", "edge-2"), Is.EqualTo(ExitCode.Failure));
        Assert.That(await RunAsync("trust", Other.Replace("AQ", "Ag", StringComparison.Ordinal), "--name", "edge"), Is.EqualTo(ExitCode.Failure));
        Assert.That(_error.ToString(), Does.Contain("trust --remove edge"));
        Assert.That(await RunAsync("trust", "--remove", "nobody"), Is.EqualTo(ExitCode.Failure));
    }

    [Test]
    public async Task Identity_prints_the_fingerprint_and_the_line_for_the_other_side()
    {
        Assert.That(await RunAsync("identity"), Is.Zero);
        using NodeIdentity identity = NodeIdentity.LoadOrCreate(_scratch.Path, "x", TimeProvider.System);
        Assert.That(_output.ToString(), Does.StartWith($"{identity.Fingerprint}").And.Contain($"railgun-listener trust {identity.Fingerprint} --name "));

        _output.GetStringBuilder().Clear();
        Assert.That(await RunAsync("identity", "--fingerprint"), Is.Zero);
        Assert.That(_output.ToString().Trim(), Is.EqualTo($"{identity.Fingerprint}"));
    }

    [Test]
    public async Task Check_names_the_mistakes_and_tells_by_its_exit_code()
    {
        Assert.That(await RunAsync("check", "--origin", "http://127.0.0.1:8080", "--listener", "edge.example"), Is.Zero);
        Assert.That(_error.ToString(), Is.Empty);
        Assert.That(await RunAsync("check", "--origin", "127.0.0.1:8080", "--listener", "a b"), Is.EqualTo(ExitCode.Mistake));
        Assert.That(_error.ToString(), Does.Contain("origin (from --origin)").And.Contain("link.dial[0] (from --listener)").And.Contain("mistakes"));
    }

    [Test]
    public async Task Run_does_not_start_with_a_mistake()
    {
        Assert.That(await RunAsync(), Is.EqualTo(ExitCode.Mistake));
        Assert.That(await RunAsync("run", "--flag"), Is.EqualTo(ExitCode.Mistake));
        Assert.That(_error.ToString(), Does.Contain("there is no origin; write --origin URL"));
        Assert.That(Directory.GetFileSystemEntries(_scratch.Path), Is.Empty, "no key was made");
    }

    [TestCase("--http", "0.0.0.0:80")]
    [TestCase("--http=0.0.0.0:80")]
    [TestCase("run", "--link:0.0.0.0:2408")]
    public async Task Whoever_wants_the_other_side_is_told_so(params string[] arguments)
    {
        Assert.That(await RunAsync(arguments), Is.EqualTo(ExitCode.Mistake));
        Assert.That(_error.ToString(), Does.Contain("you want railgun-listener here"));
    }

    [Test]
    public async Task A_typing_error_is_answered_with_what_was_meant()
    {
        Assert.That(await RunAsync("--listner", "edge.example"), Is.EqualTo(ExitCode.Mistake));
        Assert.That(_error.ToString(), Does.Contain("Did you mean --listener?").And.Contain("--help"));
        Assert.That(await RunAsync("chekc"), Is.EqualTo(ExitCode.Mistake));
        Assert.That(_error.ToString(), Does.Contain("Did you mean check?"));
    }

    [Test]
    public async Task Help_teaches_with_examples()
    {
        Assert.That(await RunAsync("--help"), Is.Zero);
        string help = _output.ToString();
        Assert.That(help, Does.Contain("Sends pages.").And.Contain("--listener <HOST:PORT>").And.Contain("RAILGUN_LINK__LANES"));
        Assert.That(help, Does.Contain("# Send a site's pages to one listener"));
        foreach (string command in new[] { "run", "trust", "identity", "status", "check" })
        {
            Assert.That(help, Does.Contain($"  {command}"));
        }

        _output.GetStringBuilder().Clear();
        Assert.That(await RunAsync("trust", "--help"), Is.Zero);
        Assert.That(_output.ToString(), Does.Contain("--remove").And.Not.Contain("Examples:"));
    }

    [Test]
    public async Task Status_without_a_daemon_says_where_it_asked()
    {
        Assert.That(await RunAsync("status", "--admin", "127.0.0.1:1"), Is.EqualTo(ExitCode.Failure));
        Assert.That(_error.ToString(), Does.Contain("http://127.0.0.1:1/status"));
    }

    private Task<int> RunAsync(params string[] arguments)
    {
        bool takesState = arguments is not ["--help"] and not [_, "--help"] and not ["status", ..] and not ["chekc"];
        string[] all = takesState ? [.. arguments, "--state", _scratch.Path] : arguments;
        return new CommandTree<FakeOptions>(FakeDaemon.Describe(), _output, _error).InvokeAsync(all);
    }
}
