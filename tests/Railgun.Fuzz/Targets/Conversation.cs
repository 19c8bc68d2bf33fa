using Railgun.Protocol.Engine;
using Railgun.Protocol.Heads;
using Railgun.Protocol.Versions;

namespace Railgun.Fuzz.Targets;

/// <summary>What a listener and a sender say to each other when nothing goes wrong: the seeds of <see cref="LaneTarget"/>.</summary>
internal sealed class Conversation : IDisposable
{
    private readonly LaneEngine _listener = new(Options(LinkRole.Listener), Start);
    private readonly LaneEngine _sender = new(Options(LinkRole.Sender), Start);
    private long _now = Start;

    private const long Start = 1_000_000;

    /// <summary>What the listener has said.</summary>
    public List<byte> Up { get; } = [];

    /// <summary>What the sender has said.</summary>
    public List<byte> Down { get; } = [];

    /// <summary>The engine of one side, as it is before a byte has come.</summary>
    public static LaneEngineOptions Options(LinkRole role) => new()
    {
        Dialled = role == LinkRole.Sender,
        Hello = new Hello { Role = role, Instance = new Guid((int)role, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11), Epoch = (ulong)role, Software = "fuzz", Codecs = 0x7F },
    };

    /// <summary>A request.</summary>
    public static RequestHead Request(string target, params (string Name, string Value)[] fields)
    {
        var head = new RequestHead { Method = "GET", Scheme = "https", Authority = "shop.example", Target = target, Fields = new FieldList() };
        foreach ((string name, string value) in fields)
        {
            head.Fields.Add(name, value);
        }

        return head;
    }

    /// <summary>A response.</summary>
    public static ResponseHead Response(int status, params (string Name, string Value)[] fields)
    {
        var head = new ResponseHead { Status = status, Fields = new FieldList() };
        foreach ((string name, string value) in fields)
        {
            head.Fields.Add(name, value);
        }

        return head;
    }

    /// <summary>A few exchanges: with bodies either way, a delta, an upload, trailers, a reset, a ping.</summary>
    public Conversation Talk()
    {
        Pump();
        Exchange(1, "/a", offers: []);
        Exchange(2, "/a", offers: [VersionName.Of("base"u8), VersionName.Of("sibling"u8)]);
        StreamCore? upload = _listener.Open(Request("/upload", ("Content-Type", "text/plain")), 3, [], end: false);
        _listener.SendData(upload!, Payload.Copy("some bytes of an upload"u8));
        _listener.SendEnd(upload!, Response(200, ("X-Sum", "23")).Fields);
        Pump();
        _now += TimeSpan.FromSeconds(6).Ticks;
        _listener.Tick(_now);
        _sender.Tick(_now);
        Pump();
        _listener.Drain("enough");
        Pump();
        return this;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _listener.Dispose();
        _sender.Dispose();
    }

    private void Exchange(ulong id, string target, VersionName[] offers)
    {
        _listener.Open(Request(target, ("Accept", "*/*")), id, offers, end: true);
        Pump();
        if (!_sender.TryAccept(out StreamCore? stream))
        {
            return;
        }

        Codec codec = offers.Length > 0 ? Codec.Delta : Codec.Identity;
        _sender.SendHead(stream!, Response(200, ("Content-Type", "text/html")), new BodyCoding(codec, offers.Length > 0 ? 0 : -1, -1, Kept: true));
        if (codec == Codec.Identity)
        {
            _sender.SendData(stream!, Payload.Copy("<html>a page</html>"u8));
        }
        else
        {
            _sender.SendSegment(stream!, Payload.Copy("coded"u8), "the target"u8, check: 7);
        }

        _sender.SendEnd(stream!, null);
        Pump();
    }

    private void Pump()
    {
        while (Move(_listener, _sender, Up) | Move(_sender, _listener, Down))
        {
        }
    }

    private bool Move(LaneEngine from, LaneEngine to, List<byte> said)
    {
        bool moved = false;
        while (from.HasOutput && from.Pull(_now) is { IsEmpty: false } bytes)
        {
            said.AddRange(bytes.Span);
            to.Receive(bytes.Span, _now);
            moved = true;
        }

        return moved;
    }
}
