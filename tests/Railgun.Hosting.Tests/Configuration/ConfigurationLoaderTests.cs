using Railgun.Hosting.Configuration;

namespace Railgun.Hosting.Tests.Configuration;

internal sealed class ConfigurationLoaderTests
{
    private const string Fine = """{ "origin": "http://127.0.0.1:8080" }""";

    private ScratchDirectory _scratch = null!;

    [SetUp]
    public void MakeScratch() => _scratch = new ScratchDirectory();

    [TearDown]
    public void RemoveScratch() => _scratch.Dispose();

    [Test]
    public void Without_anything_the_defaults_stand()
    {
        LoadedConfiguration<FakeOptions> loaded = Load(null);
        Assert.That(loaded.File, Is.Null);
        Assert.That(loaded.Options.Link.Lanes, Is.EqualTo(2));
        Assert.That(loaded.Options.Store.Capacity, Is.EqualTo(ByteSize.MiB(256)));
        Assert.That(loaded.Options.Words, Is.EqualTo(new[] { "default" }));
        Assert.That(loaded.Mistakes.Select(mistake => mistake.Path), Is.EqualTo(new[] { "origin" }));
    }

    [TestCase(0, true)]
    [TestCase(1, false)]
    public void A_file_has_at_most_4_MiB(int beyond, bool read)
    {
        LoadedConfiguration<FakeOptions> loaded = Load(Fine.PadRight((4 * 1024 * 1024) + beyond));
        Assert.That(loaded.Options.Origin is not null, Is.EqualTo(read));
        Assert.That(loaded.Mistakes.Any(mistake => mistake.What.Contains("too long", StringComparison.Ordinal)), Is.EqualTo(!read));
    }

    [Test]
    public void A_file_says_values_of_every_kind_and_does_not_mind_case_comments_and_trailing_commas()
    {
        LoadedConfiguration<FakeOptions> loaded = Load("""
            {
              // a comment
              "Origin": "https://origin.example/",
              "http": ["127.0.0.1:80", "[::1]:81"],
              "section": { "flag": true, "count": 3, "limit": 4, "share": 0.5, "big": 12345678901, "text": "x" },
              "sites": { "Shop": { "count": 1 } },
              "rules": [ { "count": 1 }, { "text": "two" } ],
              "words": ["a", "b"],
              "link": { "dialTimeout": "3s", "dial": ["edge.example"], },
              "store": { "capacity": 1048576 },
              "logging": { "format": "JSON", "level": "debug" },
              "open": { "Anything": { "Goes": [1, { "Here": null }] } },
            }
            """);
        FakeOptions options = loaded.Options;
        Assert.That(loaded.Mistakes, Is.Empty);
        Assert.That(options.Origin, Is.EqualTo(new Uri("https://origin.example/")));
        Assert.That(options.Http.Select(address => address.Port), Is.EqualTo(new[] { 80, 81 }));
        Assert.That((options.Section.Flag, options.Section.Count, options.Section.Limit, options.Section.Share, options.Section.Big, options.Section.Text),
            Is.EqualTo((true, 3, (int?)4, 0.5, 12345678901L, "x")));
        Assert.That(options.Sites["Shop"].Count, Is.EqualTo(1));
        Assert.That(options.Rules.Select(rule => rule.Text), Is.EqualTo(new[] { null, "two" }));
        Assert.That(options.Words, Is.EqualTo(new[] { "a", "b" }));
        Assert.That(options.Link.DialTimeout, Is.EqualTo(TimeSpan.FromSeconds(3)));
        Assert.That(options.Link.WaitForLane, Is.EqualTo(TimeSpan.FromSeconds(2)), "a default beside it");
        Assert.That(options.Store.Capacity, Is.EqualTo(ByteSize.MiB(1)));
        Assert.That(options.Logging.Format, Is.EqualTo(Hosting.Options.LogFormat.Json));
        Assert.That(loaded.Configuration["open:anything:goes:0"], Is.EqualTo("1"), "others read their section through the usual configuration");
    }

    [Test]
    public void Flags_win_over_the_environment_and_the_environment_over_the_file()
    {
        var environment = new Dictionary<string, string>
        {
            ["RAILGUN_LINK__LANES"] = "3",
            ["RAILGUN_LINK__MAXWAITING"] = "4",
            ["RAILGUN_LINK__DIAL"] = "b.example, c.example:99",
            ["RAILGUN_OPEN__ROUTES__0__PATH"] = "/x",
        };
        LoadedConfiguration<FakeOptions> loaded = Load(
            """{ "origin": "http://file/", "link": { "lanes": 2, "maxWaiting": 2, "waitForLane": "1s", "dial": ["x", "y", "z"] } }""",
            environment,
            new FlagValue("--lanes", "link.lanes", ["5"], false),
            new FlagValue("--http", "http", ["127.0.0.1:1", "127.0.0.1:2"], true));
        Assert.That(loaded.Mistakes, Is.Empty);
        Assert.That(loaded.Options.Link.Lanes, Is.EqualTo(5));
        Assert.That(loaded.Options.Link.MaxWaiting, Is.EqualTo(4));
        Assert.That(loaded.Options.Link.WaitForLane, Is.EqualTo(TimeSpan.FromSeconds(1)));
        Assert.That(loaded.Options.Link.Dial.Select(host => host.ToString()), Is.EqualTo(new[] { "b.example:2408", "c.example:99" }));
        Assert.That(loaded.Options.Http, Has.Count.EqualTo(2));
        Assert.That(loaded.Configuration["open:routes:0:path"], Is.EqualTo("/x"));
    }

    [Test]
    public void Every_mistake_is_named_with_its_path_its_source_and_what_to_write()
    {
        LoadedConfiguration<FakeOptions> loaded = Load(
            """
            {
              "orgin": "http://127.0.0.1:8080",
              "lanes": 3,
              "section": { "count": "many", "flag": 1, "colour": "red" },
              "http": ["nowhere", "127.0.0.1:80"],
              "link": { "lanes": 99, "dialTimeout": 5 },
              "logging": 7,
              "admin": { "endpoint": "0.0.0.0:2410" }
            }
            """,
            new Dictionary<string, string> { ["RAILGUN_STORE__CAPACITY"] = "lots" });
        string file = _scratch["railgun.json"];
        Assert.That(loaded.Mistakes.Select(mistake => mistake.ToString()), Is.EquivalentTo(new[]
        {
            $"orgin (from {file}): there is no such key; did you mean origin?",
            $"lanes (from {file}): there is no such key; did you mean link.lanes?",
            $"section.count (from {file}): 'many' can't be understood; write a whole number",
            $"section.flag (from {file}): '1' can't be understood; write true or false",
            $"section.colour (from {file}): there is no such key; remove it, or write one of flag, count, limit, share, big, text",
            $"http[0] (from {file}): 'nowhere' can't be understood; write {ListenAddress.Hint}",
            $"link.dialTimeout (from {file}): '5' can't be understood; write {Duration.Hint}",
            $"link.lanes (from {file}): 99 is out of range; write 1 to 16",
            $"logging (from {file}): is no section; write {{ … }}",
            $"admin.endpoint (from {file}): 0.0.0.0:2410 can be reached by other machines, and there is no password; write 127.0.0.1:2410, or set admin.allowRemote to true if a firewall guards it",
            $"store.capacity (from RAILGUN_STORE__CAPACITY): 'lots' can't be understood; write {ByteSize.Hint}",
            "origin: there is no origin; write --origin URL",
        }));
    }

    [TestCase("{", "this is not JSON")]
    [TestCase("[]", "this is not a JSON object")]
    [TestCase("""{ "origin": "http://a/", "origin": "http://b/" }""", "this is not JSON")]
    [TestCase("""{ "origin": "http://a/", "Origin": "http://b/" }""", "this is not JSON")]
    public void A_file_that_cannot_be_read_is_named(string content, string what)
    {
        Mistake mistake = Load(content).Mistakes[0];
        Assert.That(mistake.Path, Is.EqualTo(_scratch["railgun.json"]));
        Assert.That(mistake.What, Does.StartWith(what));
    }

    [Test]
    public void A_file_that_was_named_must_be_there()
    {
        var input = new ConfigurationInput(_scratch["absent.json"], "", new Dictionary<string, string>(), []);
        Assert.That(ConfigurationLoader.Load(FakeDaemon.Describe(), input).Mistakes[0].Path, Is.EqualTo(_scratch["absent.json"]));
        input = new ConfigurationInput(null, "", new Dictionary<string, string> { [ConfigurationLoader.FileVariable] = _scratch["absent.json"] }, []);
        Assert.That(ConfigurationLoader.Load(FakeDaemon.Describe(), input).Mistakes[0].Path, Is.EqualTo(_scratch["absent.json"]));
    }

    [Test]
    public void The_default_file_is_read_if_it_is_there()
    {
        File.WriteAllText(_scratch["default.json"], Fine);
        LoadedConfiguration<FakeOptions> loaded =
            ConfigurationLoader.Load(FakeDaemon.Describe(), new ConfigurationInput(null, _scratch["default.json"], new Dictionary<string, string>(), []));
        Assert.That(loaded.Mistakes, Is.Empty);
        Assert.That(loaded.File, Is.EqualTo(_scratch["default.json"]));
    }

    [Test]
    public void Variables_that_others_set_for_a_service_of_our_name_are_noted_and_do_no_harm()
    {
        LoadedConfiguration<FakeOptions> loaded = Load(Fine, new Dictionary<string, string> { ["RAILGUN_LISTENER_PORT"] = "tcp://10.0.0.1:80", ["PATH"] = "/bin" });
        Assert.That(loaded.Mistakes, Is.Empty);
        Assert.That(loaded.Notes, Has.Count.EqualTo(1));
        Assert.That(loaded.Notes[0], Does.Contain("RAILGUN_LISTENER_PORT"));
    }

    [Test]
    public void A_variable_within_a_section_that_does_not_exist_is_a_mistake() =>
        Assert.That(
            Load(Fine, new Dictionary<string, string> { ["RAILGUN_LINK__LINES"] = "3" }).Mistakes.Single().ToString(),
            Is.EqualTo("link.LINES (from RAILGUN_LINK__LINES): there is no such key; did you mean link.lanes?"));

    private LoadedConfiguration<FakeOptions> Load(string? content, Dictionary<string, string>? environment = null, params FlagValue[] flags)
    {
        if (content is not null)
        {
            File.WriteAllText(_scratch["railgun.json"], content);
        }

        var input = new ConfigurationInput(content is null ? null : _scratch["railgun.json"], _scratch["none.json"], environment ?? [], flags);
        return ConfigurationLoader.Load(FakeDaemon.Describe(), input);
    }
}
