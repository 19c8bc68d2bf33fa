using Railgun.Protocol.Versions;

namespace Railgun.Protocol.Engine;

/// <summary>
/// Which version is "the body of exchange N" on this link, for the last <see cref="Capacity"/> bodies stored. All lanes with one process of the peer share it, so a version that
/// came over one lane is offered as shortly on another. Each side keeps its own; where they disagree a version is not found, or does not prove right, which
/// costs bytes only. Thread-safe.
/// </summary>
internal sealed class HandleTable
{
    /// <summary>The most handles that a link remembers.</summary>
    public const int Capacity = 8192;

    private readonly Lock _lock = new();
    private readonly Dictionary<ulong, VersionName> _byExchange = [];
    private readonly Dictionary<VersionName, ulong> _byName = [];
    private readonly Queue<ulong> _order = new();

    /// <summary>Remembers that the body of <paramref name="exchange"/> is <paramref name="name"/>.</summary>
    public void Add(ulong exchange, VersionName name)
    {
        lock (_lock)
        {
            if (!_byExchange.TryAdd(exchange, name))
            {
                return;
            }

            _byName[name] = exchange;
            _order.Enqueue(exchange);
            if (_order.Count > Capacity)
            {
                RemoveOldest();
            }
        }
    }

    /// <summary>The version that an exchange brought, or a name that names nothing.</summary>
    public VersionName NameOf(ulong exchange)
    {
        lock (_lock)
        {
            return _byExchange.GetValueOrDefault(exchange);
        }
    }

    /// <summary>How the request of <paramref name="exchange"/> names a version: by the newest exchange that brought it, if that is an earlier one, or by its name.</summary>
    public VersionRef Refer(VersionName name, ulong exchange)
    {
        lock (_lock)
        {
            return _byName.TryGetValue(name, out ulong brought) && brought < exchange ? new VersionRef(brought, default) : new VersionRef(0, name);
        }
    }

    private void RemoveOldest()
    {
        ulong exchange = _order.Dequeue();
        if (_byExchange.Remove(exchange, out VersionName name) && _byName.GetValueOrDefault(name) == exchange)
        {
            _byName.Remove(name);
        }
    }
}
