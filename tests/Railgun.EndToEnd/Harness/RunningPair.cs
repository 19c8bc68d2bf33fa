using System.Globalization;
using NUnit.Framework.Interfaces;
using Railgun.Protocol.Versions;
using Railgun.Try.Processes;
using Railgun.Try.Visits;

namespace Railgun.EndToEnd.Harness;

/// <summary>An origin and a pair in front of it, ready; all of it goes when disposed, and the logs are shown where the test failed.</summary>
internal sealed class RunningPair : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("railgun-e2e-").FullName;

    private RunningPair(TestOrigin origin)
    {
        Origin = origin;
        Pair = new Pair(_folder);
        Pair.Listener.OutputLine += Access.Add;
        Pair.Sender.OutputLine += SenderAccess.Add;
        Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false, MaxConnectionsPerServer = 1000 })
        {
            BaseAddress = Pair.Address,
            Timeout = TimeSpan.FromSeconds(60),
        };
    }

    /// <summary>The origin.</summary>
    public TestOrigin Origin { get; }

    /// <summary>The two programs.</summary>
    public Pair Pair { get; }

    /// <summary>A client of the listener.</summary>
    public HttpClient Client { get; }

    /// <summary>The listener's access log.</summary>
    public AccessLog Access { get; } = new();

    /// <summary>The sender's access log.</summary>
    public AccessLog SenderAccess { get; } = new();

    /// <summary>Starts an origin and a pair.</summary>
    /// <param name="variables">Values of both sides' configuration, as environment variables.</param>
    public static Task<RunningPair> StartAsync(params (string Name, string Value)[] variables) => StartAsync(variables, variables);

    /// <summary>Starts an origin and a pair.</summary>
    /// <param name="listener">Values of the listener's configuration, as environment variables.</param>
    /// <param name="sender">Values of the sender's.</param>
    /// <param name="origin">What the sender asks, in place of the test's own origin; null for that.</param>
    public static async Task<RunningPair> StartAsync((string Name, string Value)[] listener, (string Name, string Value)[] sender, Uri? origin = null)
    {
        var running = new RunningPair(await TestOrigin.StartAsync());
        try
        {
            await PairedKeys.CopyToAsync(running._folder);
            Set(running.Pair.Listener, listener);
            Set(running.Pair.Sender, sender);
            running.StartListener();
            running.Pair.StartSender(origin ?? running.Origin.Address);
            await running.Pair.ReadyAsync();
            return running;
        }
        catch
        {
            await running.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts the listener, again if need be.</summary>
    public void StartListener() => Pair.StartListener();

    /// <summary>Starts the sender, again if need be.</summary>
    public void StartSender() => Pair.StartSender(Origin.Address);

    /// <summary>Asks for a page of the origin, and holds its body against the version that the origin says it is.</summary>
    public async Task<Served> PageAsync(string path, params (string Name, string Value)[] fields)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        foreach ((string name, string value) in fields)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using HttpResponseMessage answer = await Client.SendAsync(request);
        byte[] body = await answer.Content.ReadAsByteArrayAsync();
        Assert.That((int)answer.StatusCode, Is.EqualTo(200), System.Text.Encoding.UTF8.GetString(body.AsSpan(0, Math.Min(400, body.Length))));
        int version = int.Parse(answer.Headers.GetValues("X-Version").Single(), CultureInfo.InvariantCulture);
        Assert.That(body, Is.EqualTo(SamplePage.Make(path.Split('/', '?')[2], version)), $"{path}, version {version}");
        return new Served(VersionName.Of(body).ToString(), body.Length, await UseOfAsync(path));
    }

    /// <summary>What the listener's access log says about the request just made.</summary>
    public async Task<LinkUse> UseOfAsync(string path) =>
        await Access.NextAsync(path, CancellationToken.None) ?? throw new AssertionException($"The access log says nothing about {path}.");

    /// <summary>Waits until a daemon has logged a line that holds all of these.</summary>
    public static async Task LoggedAsync(Daemon daemon, params string[] words)
    {
        for (int look = 0; look < 200; look++)
        {
            if (daemon.Child.Output.Lines.Concat(daemon.Child.Errors.Lines).Any(line => words.All(word => line.Contains(word, StringComparison.OrdinalIgnoreCase))))
            {
                return;
            }

            await Task.Delay(50);
        }

        Assert.Fail($"The {daemon.Name} did not say \"{string.Join(" … ", words)}\":\n{daemon.Logs()}");
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (TestContext.CurrentContext.Result.Outcome.Status == TestStatus.Failed || TestContext.CurrentContext.Result.Assertions.Any())
        {
            TestContext.Out.WriteLine(Pair.Logs());
        }

        Client.Dispose();
        await Pair.DisposeAsync();
        await Origin.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static void Set(Daemon daemon, (string Name, string Value)[] variables)
    {
        foreach ((string name, string value) in variables)
        {
            daemon.Environment[name] = value;
        }
    }
}
