using System.Threading.Channels;
using Railgun.Listener.Senders;
using Railgun.Protocol.Engine;
using Railgun.Protocol.Heads;
using Railgun.Protocol.Transport;
using Railgun.Protocol.Versions;

namespace Railgun.Listener.Tests.Support;

/// <summary>Senders without links: each exchange that is opened waits here for the test to play its sender.</summary>
internal sealed class FakeSenders : ISenders
{
    private readonly Channel<FakeExchange> _opened = Channel.CreateUnbounded<FakeExchange>();
    private long _last;

    /// <summary>Why exchanges can't be opened; null if they can.</summary>
    public Fault? Refusal { get; set; }

    /// <summary>What answers by itself; null if the test takes each exchange.</summary>
    public Action<FakeExchange>? Handler { get; set; }

    /// <summary>Which senders have a lane.</summary>
    public HashSet<string> UpNames { get; } = ["shop"];

    /// <summary>The senders' store epoch.</summary>
    public ulong Epoch { get; set; } = 1;

    /// <summary>Which sender was asked last.</summary>
    public string? LastAsked { get; private set; }

    public event Action? Changed;

    /// <summary>A lane came or went.</summary>
    public void Change() => Changed?.Invoke();

    public bool IsUp(string name) => UpNames.Contains(name);

    public ValueTask<OpenedExchange> OpenAsync(
        string name, RequestHead head, bool hasBody, IReadOnlyList<VersionName> offers, IOfferSigner signer, CancellationToken cancellation)
    {
        LastAsked = name;
        if (Refusal is { } fault)
        {
            return ValueTask.FromResult(new OpenedExchange(null, fault));
        }

        var exchange = new FakeExchange((ulong)Interlocked.Increment(ref _last), head, hasBody, [.. offers], Epoch);
        exchange.SentSignature = signer.SignBest(Epoch, exchange.SignatureSeed);
        if (Handler is { } handler)
        {
            handler(exchange);
        }
        else
        {
            _opened.Writer.TryWrite(exchange);
        }

        return ValueTask.FromResult(new OpenedExchange(exchange, null));
    }

    /// <summary>The next exchange that is opened.</summary>
    public Task<FakeExchange> NextAsync() => _opened.Reader.ReadAsync().AsTask().WaitAsync(Patience.Limit);
}
