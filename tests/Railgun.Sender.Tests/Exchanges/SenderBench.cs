using System.Diagnostics.Metrics;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Railgun.Hosting.Logging;
using Railgun.Hosting.Options;
using Railgun.Protocol.Engine;
using Railgun.Protocol.Heads;
using Railgun.Protocol.Versions;
using Railgun.Sender.Coding;
using Railgun.Sender.Exchanges;
using Railgun.Sender.Origin;

namespace Railgun.Sender.Tests.Exchanges;

/// <summary>A whole sender but for the link and, unless another is given, the origin.</summary>
internal sealed class SenderBench : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly MemoryStream _lines = new();
    private readonly LogSink _sink;
    private readonly Coders _coders;
    private readonly long _payloads = PayloadLedger.Count;

    public SenderBench(IOrigin? origin = null, CredentialOptions? credentials = null, TimeProvider? time = null, int exchanges = 100, CodingOptions? coding = null)
    {
        time ??= TimeProvider.System;
        _sink = new LogSink(_lines, LogFormat.Json);
        Store = new VersionStore(new VersionStoreOptions());
        coding ??= new CodingOptions();
        _coders = new Coders(coding, time);
        CodingTools tools = new(Store, new CredentialRules(credentials ?? new CredentialOptions()), _coders, coding, time);
        AccessLog access = new(_sink, LogFormat.Json, _services.GetRequiredService<IMeterFactory>(), time);
        ExchangeLimits limits = new() { Exchanges = exchanges };
        Handler = new ExchangeHandler(origin ?? Origin, tools, new OriginHealth(Log, time), access, limits, Faults);
    }

    public FakeOrigin Origin { get; } = new();

    public VersionStore Store { get; }

    public ExchangeHandler Handler { get; }

    public RecordingLogger<OriginHealth> Log { get; } = new();

    public RecordingLogger<ExchangeHandler> Faults { get; } = new();

    public static RequestHead Get(string target, params (string Name, string Value)[] fields) => Request("GET", target, fields);

    public static RequestHead Request(string method, string target, params (string Name, string Value)[] fields)
    {
        FieldList list = new();
        foreach ((string name, string value) in fields)
        {
            list.Add(name, value);
        }

        return new RequestHead { Method = method, Scheme = "https", Authority = "shop.example", Target = target, Fields = list };
    }

    /// <summary>Asks for a page that the origin answers whole and at once, offering what is given.</summary>
    public async Task<FakeExchange> ViewAsync(RequestHead head, byte[] page, VersionName[] offers, params (string Name, string Value)[] fields)
    {
        (string, string)[] all = [("Content-Type", "text/html"), .. fields];
        Origin.Next().Head(200, all).Data(page).End();
        return await HandleAsync(new FakeExchange(head, offers));
    }

    public async Task<FakeExchange> HandleAsync(FakeExchange exchange)
    {
        await Handler.HandleAsync(exchange).WaitAsync(TimeSpan.FromSeconds(30));
        return exchange;
    }

    /// <summary>The access log's last line.</summary>
    public JsonElement LastLine()
    {
        _sink.Flush();
        string[] lines = Encoding.UTF8.GetString(_lines.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return JsonDocument.Parse(lines[^1]).RootElement;
    }

    public string? NoBaseOfLast() => LastLine().TryGetProperty("noBase", out JsonElement reason) ? reason.GetString() : null;

    public void Dispose()
    {
        Assert.That(Store.Snapshot().PinnedBytes, Is.Zero, "Every pin was released.");
        Assert.That(PayloadLedger.Count, Is.EqualTo(_payloads), "Every payload was disposed.");
        _sink.Dispose();
        _coders.Dispose();
        Store.Dispose();
        _services.Dispose();
    }
}
