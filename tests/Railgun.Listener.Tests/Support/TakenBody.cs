using Railgun.Listener.Rebuilding;
using Railgun.Protocol.Engine;
using Railgun.Protocol.Heads;
using Railgun.Protocol.Versions;

namespace Railgun.Listener.Tests.Support;

/// <summary>A body that a test takes itself, piece by piece, in place of a client.</summary>
internal sealed class TakenBody : IBodyEvents, IAsyncDisposable
{
    private readonly List<byte> _bytes = [];

    /// <summary>The body of a page, coded with zstd, that is to be kept.</summary>
    /// <param name="listener">Whose tools and store it uses.</param>
    /// <param name="announced">Its length, if the head tells it.</param>
    public TakenBody(EdgeListener listener, int? announced)
    {
        var request = new RequestHead { Method = "GET", Scheme = "https", Authority = "shop.example", Target = "/page" };
        var response = new ResponseHead { Status = 200 };
        if (announced is { } length)
        {
            response.Fields.Add("Content-Length", $"{length}");
        }

        Exchange = new FakeExchange(1, request, hasBody: false, [], epoch: 1);
        var use = new VersionUse(PageKey.Of(request), TemplateKey.Of(request), Principal.Anonymous);
        Body = new RebuiltBody(
            Exchange, listener.Tools, new ReceivedHead(request, response, new BodyCoding(Codec.Zstd, Kept: true)), OfferedVersions.None(use, NoBaseReason.Method), Progress, this);
    }

    public FakeExchange Exchange { get; }

    public RebuiltBody Body { get; }

    public BodyProgress Progress { get; } = new();

    /// <summary>What was taken so far.</summary>
    public IReadOnlyList<byte> Bytes => _bytes;

    /// <summary>Takes the next piece; false at the end.</summary>
    public async Task<bool> TakeAsync()
    {
        bool more = await Body.AdvanceAsync(default).AsTask().WaitAsync(Patience.Limit);
        _bytes.AddRange(Body.Current.Span);
        return more;
    }

    public ValueTask SilentAsync() => default;

    public void Given(int bytes)
    {
    }

    public void Ended(FieldList? trailers)
    {
    }

    public ValueTask DisposeAsync()
    {
        Body.Dispose();
        return Exchange.DisposeAsync();
    }
}
