using System.Net;
using System.Net.Sockets;
using Railgun.Protocol.Engine;
using Railgun.Protocol.Heads;
using Railgun.Protocol.Transport;
using Railgun.Protocol.Versions;

namespace Railgun.Protocol.Tests.Transport;

/// <summary>Several lanes of one link, and lanes that die.</summary>
[CancelAfter(60_000)]
internal sealed class LaneTests
{
    [Test]
    public async Task The_round_trip_is_known_as_soon_as_a_lane_is_open()
    {
        await using var pair = new LinkPair(new EchoHandler());
        Link link = await pair.UpAsync();
        await UntilAsync(() => link.Snapshot().Lanes.All(lane => lane.RoundTrip is not null) && pair.Sender.Find("edge")!.Snapshot().Lanes.All(lane => lane.RoundTrip is not null));
    }

    [Test]
    public async Task A_lane_says_which_congestion_control_it_got()
    {
        await using var pair = new LinkPair(new EchoHandler());
        Link link = await pair.UpAsync();
        string got = link.Snapshot().Lanes[0].CongestionControl;
        Assert.That(got, OperatingSystem.IsLinux() ? Is.Not.Empty : Is.Empty);
        Assert.That(got == "bbr" || pair.ListenerSaw.All.Any(line => line.StartsWith("no bbr", StringComparison.Ordinal)), Is.True);
    }

    [Test]
    public async Task Small_exchanges_keep_to_one_lane_and_bulk_to_another()
    {
        await using var pair = new LinkPair(new EchoHandler(), lanes: 2);
        Link link = await BothAsync(pair);
        await GetAsync(link, "/1000000");
        await GetAsync(link, "/1000000");
        for (int i = 0; i < 20; i++)
        {
            await GetAsync(link, "/10");
        }

        long[] bytes = [.. link.Snapshot().Lanes.Select(lane => lane.BytesReceived).Order()];
        Assert.That(bytes[0], Is.GreaterThan(900_000), "the first was not known to be bulky, the second was");
    }

    [Test]
    public async Task What_is_offered_on_one_lane_is_known_though_it_came_over_another()
    {
        var names = new OfferNames();
        await using var pair = new LinkPair(names, lanes: 2);
        Link link = await BothAsync(pair);
        VersionName version = VersionName.Of("page"u8);
        await using (ListenerExchange first = await link.OpenAsync(Head("/page"), hasBody: false, [], null, default))
        {
            await DrainAsync(first);
            first.Stored(version);
        }

        Lane cut = link.Lanes[0];
        cut.Abort();
        await UntilAsync(() => !link.Lanes.Contains(cut));
        await using ListenerExchange second = await link.OpenAsync(Head("/page"), hasBody: false, [version], null, default);
        long up = await DrainAsync(second);
        Assert.That(names.Last, Is.EqualTo(new[] { version }));
        Assert.That(up, Is.LessThan(VersionName.Size + 30), "by its handle and not by its name");
    }

    [Test]
    public async Task Exchanges_go_on_over_the_lane_that_is_left()
    {
        await using var pair = new LinkPair(new EchoHandler(), lanes: 2);
        Link link = await BothAsync(pair);
        for (int i = 0; i < 6; i++)
        {
            Lane cut = link.Lanes[i % link.Lanes.Count];
            cut.Abort();
            await UntilAsync(() => !link.Lanes.Contains(cut));
            Assert.That(await GetAsync(link, "/10"), Is.EqualTo(10));
            await UntilAsync(() => link.Lanes.Count == 2);
        }
    }

    [Test]
    public async Task A_peer_that_stops_reading_is_given_up_though_goodbye_cannot_be_said()
    {
        await using var pair = new LinkPair(new EchoHandler(), deadAfter: TimeSpan.FromSeconds(2));
        using var stuck = new StuckProxy(pair.Endpoint);
        pair.Sender.Dial("127.0.0.1", stuck.Port);
        Link link = await pair.UpAsync();
        await UntilAsync(() => link.Lanes.Count == 2);
        Lane direct = link.Lanes[0];
        ListenerExchange[] bulk = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => link.OpenAsync(Head("/30000000"), hasBody: false, [], null, default).AsTask()));
        stuck.Stop();
        await UntilAsync(() => !link.Lanes.Contains(direct) || link.Lanes.Count == 1);
        Assert.That(await GetAsync(link, "/10"), Is.EqualTo(10));
        foreach (ListenerExchange exchange in bulk)
        {
            await exchange.DisposeAsync();
        }
    }

    [Test]
    public async Task A_drain_whose_grace_is_over_breaks_what_is_left()
    {
        await using var pair = new LinkPair(new EchoHandler());
        Link link = await pair.UpAsync();
        await using ListenerExchange exchange = await link.OpenAsync(Head("/"), hasBody: true, [], null, default);
        await exchange.WriteAsync("x"u8.ToArray(), default);
        Assert.That((await exchange.ReadAsync(TestContext.CurrentContext.CancellationToken)).Kind, Is.EqualTo(ResponseEventKind.Head));
        await pair.Sender.DrainAsync(TimeSpan.FromMilliseconds(50));
        ResponseEvent end;
        while ((end = await exchange.ReadAsync(TestContext.CurrentContext.CancellationToken)).Kind == ResponseEventKind.Data)
        {
            end.Data.Dispose();
        }

        Assert.That((end.Kind, end.Fault!.Code), Is.EqualTo((ResponseEventKind.Fault, ResetCode.LaneLost)));
    }

    [Test]
    public async Task Streams_go_on_while_peers_are_trusted_and_distrusted()
    {
        await using var pair = new LinkPair(new EchoHandler());
        Link link = await pair.UpAsync();
        await using ListenerExchange exchange = await link.OpenAsync(Head("/"), hasBody: true, [], null, default);
        await exchange.WriteAsync("before "u8.ToArray(), default);
        using var other = new PairedStranger();
        pair.ListenerPeers.Add(other.Fingerprint, "other");
        pair.ListenerPeers.Remove("other");
        await exchange.WriteAsync("after"u8.ToArray(), default);
        exchange.Complete();
        Assert.That(await LengthAsync(exchange), Is.EqualTo("before after".Length));
    }

    private static async Task<Link> BothAsync(LinkPair pair)
    {
        Link link = await pair.UpAsync();
        await UntilAsync(() => link.Lanes.Count == 2);
        return link;
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        while (!condition())
        {
            await Task.Delay(5, TestContext.CurrentContext.CancellationToken);
        }
    }

    private static RequestHead Head(string target) => new() { Method = "GET", Scheme = "http", Authority = "shop.example", Target = target };

    private static async Task<long> GetAsync(Link link, string target)
    {
        await using ListenerExchange exchange = await link.OpenAsync(Head(target), hasBody: false, [], null, default);
        return await LengthAsync(exchange);
    }

    /// <summary>Reads to the end; the bytes of the request's frames.</summary>
    private static async Task<long> DrainAsync(ListenerExchange exchange)
    {
        await LengthAsync(exchange);
        return exchange.LinkBytes.Up;
    }

    private static async Task<long> LengthAsync(ListenerExchange exchange)
    {
        long length = 0;
        while (await exchange.ReadAsync(TestContext.CurrentContext.CancellationToken) is { Kind: not ResponseEventKind.End } next)
        {
            Assert.That(next.Kind, Is.Not.EqualTo(ResponseEventKind.Fault), next.Fault?.ToString());
            length += next.Data.Length;
            exchange.Consumed(next.Data.Length);
            next.Data.Dispose();
        }

        return length;
    }

    /// <summary>Answers with "page", keeps that as a version, and remembers what was offered.</summary>
    private sealed class OfferNames : IExchangeHandler
    {
        public IReadOnlyList<VersionName> Last { get; private set; } = [];

        public async Task HandleAsync(SenderExchange exchange)
        {
            Last = exchange.Offers;
            exchange.SendHead(new ResponseHead { Status = 200 }, new BodyCoding(Codec.Identity, Kept: true));
            await exchange.SendDataAsync("page"u8.ToArray(), default);
            exchange.Stored(VersionName.Of("page"u8));
            exchange.End();
        }
    }

    /// <summary>A key that nobody has a lane with.</summary>
    private sealed class PairedStranger : IDisposable
    {
        private readonly Identity.ScratchDirectory _state = new();
        private readonly Protocol.Identity.NodeIdentity _identity;

        public PairedStranger() => _identity = Protocol.Identity.NodeIdentity.LoadOrCreate(_state.Path, "other", TimeProvider.System);

        public Protocol.Identity.Fingerprint Fingerprint => _identity.Fingerprint;

        public void Dispose()
        {
            _identity.Dispose();
            _state.Dispose();
        }
    }

    /// <summary>Passes bytes on until it is told to stop; then it reads no more, and closes nothing.</summary>
    private sealed class StuckProxy : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly List<TcpClient> _clients = [];
        private volatile bool _stopped;

        public StuckProxy(IPEndPoint target)
        {
            _listener.Start();
            _ = Task.Run(() => AcceptAsync(target));
        }

        public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

        public void Stop() => _stopped = true;

        public void Dispose()
        {
            _stopped = true;
            _listener.Dispose();
            _clients.ForEach(client => client.Dispose());
        }

        private async Task AcceptAsync(IPEndPoint target)
        {
            try
            {
                while (!_stopped)
                {
                    TcpClient near = await _listener.AcceptTcpClientAsync();
                    var far = new TcpClient();
                    await far.ConnectAsync(target);
                    _clients.AddRange([near, far]);
                    _ = PassAsync(near.GetStream(), far.GetStream());
                    _ = PassAsync(far.GetStream(), near.GetStream());
                }
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                // The test is over.
            }
        }

        private async Task PassAsync(NetworkStream from, NetworkStream to)
        {
            byte[] buffer = new byte[4096];
            try
            {
                while (!_stopped && await from.ReadAsync(buffer) is > 0 and var count)
                {
                    await to.WriteAsync(buffer.AsMemory(0, count));
                }
            }
            catch (Exception e) when (e is IOException or ObjectDisposedException)
            {
                // The lane is gone.
            }
        }
    }
}
