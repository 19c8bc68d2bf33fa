using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Railgun.Hosting.Logging;
using Railgun.Hosting.Options;
using Railgun.Listener.Rebuilding;
using Railgun.Protocol.Engine;
using Railgun.Protocol.Heads;
using Railgun.Protocol.Identity;
using Railgun.Protocol.Transport;
using Railgun.Protocol.Versions;
using Railgun.Sender.Coding;
using Railgun.Sender.Exchanges;

namespace Railgun.Benchmarks.Link;

/// <summary>
/// One lane with all that the daemons do to a body between the origin's bytes and the client's: bases found and pinned, each piece coded and proved by its digest, versions built and stored at both
/// ends. No HTTP on either side.
/// </summary>
internal sealed class StoreContender : IBulkContender
{
    private readonly Func<RequestHead> _next;
    private readonly int _bodyLength;
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly VersionStore _near = new(new VersionStoreOptions());
    private readonly VersionStore _far = new(new VersionStoreOptions());
    private readonly Coders _coders;
    private readonly DecoderPool _decoders = new();
    private readonly OfferChooser _offers;
    private readonly RebuildingTools _tools;
    private readonly ExchangeHandler _handler;
    private readonly Dictionary<Codec, int> _seen = [];
    private LinkEnds _ends = null!;

    private StoreContender(string name, string type, byte[] body, CodingOptions coding, Func<RequestHead> next)
    {
        (Name, _next, _bodyLength) = (name, next, body.Length);
        _coders = new Coders(coding, TimeProvider.System);
        var rules = new CredentialRules(new CredentialOptions());
        var meters = _services.GetRequiredService<IMeterFactory>();
        _handler = new ExchangeHandler(
            new StampedOrigin(type, body), new CodingTools(_far, rules, _coders, coding, TimeProvider.System), new OriginHealth(NullLogger<OriginHealth>.Instance, TimeProvider.System),
            new AccessLog(null, LogFormat.Text, meters, TimeProvider.System), new ExchangeLimits(), NullLogger<ExchangeHandler>.Instance);
        var uncoded = new UncodedPages();
        _offers = new OfferChooser(_near, rules, uncoded);
        _tools = new RebuildingTools(_decoders, new VersionKeeper(_near, rules, uncoded), new ProofFailures(NullLogger<ProofFailures>.Instance, meters));
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>How the bodies were coded, for the table.</summary>
    public string Seen => string.Join(", ", _seen.Select(pair => $"{pair.Key} {pair.Value}"));

    /// <summary>Connects a listener and a sender.</summary>
    /// <param name="name">What it is, for the table.</param>
    /// <param name="type">The bodies' media type.</param>
    /// <param name="body">What they are made of; see <see cref="StampedOrigin"/>.</param>
    /// <param name="coding">How they are coded.</param>
    /// <param name="next">What is asked for.</param>
    /// <param name="identity">Who both ends are.</param>
    /// <param name="directory">Where they may write.</param>
    public static async Task<StoreContender> StartAsync(string name, string type, byte[] body, CodingOptions coding, Func<RequestHead> next, NodeIdentity identity, string directory)
    {
        var contender = new StoreContender(name, type, body, coding, next);
        contender._ends = await LinkEnds.StartAsync(identity, directory, contender._handler);

        // How fast the line is, a lane learns from what it has to wait for.
        await contender.ViewAsync(new RequestHead { Method = "GET", Scheme = "https", Authority = "rate.example", Target = StampedOrigin.Packed });
        contender._seen.Clear();
        return contender;
    }

    /// <inheritdoc/>
    public async Task BulkAsync(long bytes)
    {
        for (long left = bytes; left > 0; left -= _bodyLength)
        {
            await ViewAsync(_next());
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _ends.DisposeAsync();
        _decoders.Dispose();
        _coders.Dispose();
        _near.Dispose();
        _far.Dispose();
        await _services.DisposeAsync();
    }

    // What LinkForwarder and LinkResponses do, without a client.
    private async Task ViewAsync(RequestHead head)
    {
        OfferedVersions offered = _offers.Choose(head, "self", new HeaderDictionary());
        await using ListenerExchange exchange = await _ends.Link.OpenAsync(head, hasBody: false, offered, offered, default);
        ResponseEvent answer = await exchange.ReadAsync(default);
        while (answer.Kind == ResponseEventKind.WantSignature)
        {
            exchange.SendSignature(offered.Sign(answer.Offer, exchange.SignatureSeed));
            answer = await exchange.ReadAsync(default);
        }

        if (answer.Kind != ResponseEventKind.Head)
        {
            throw new IOException(answer.Fault?.ToString());
        }

        _seen[answer.Coding.Codec] = _seen.GetValueOrDefault(answer.Coding.Codec) + 1;
        var progress = new BodyProgress();
        using var body = new RebuiltBody(exchange, _tools, new ReceivedHead(head, answer.Head!, answer.Coding), offered, progress, new NoEvents());
        while (await body.AdvanceAsync(default))
        {
        }

        if (progress.Bytes != _bodyLength)
        {
            throw new IOException($"{progress.Bytes} bytes came of {_bodyLength}");
        }
    }

    private sealed class NoEvents : IBodyEvents
    {
        public ValueTask SilentAsync() => default;

        public void Given(int bytes)
        {
        }

        public void Ended(FieldList? trailers)
        {
        }
    }
}
