using Railgun.Protocol.Versions;

namespace Railgun.Protocol.Engine;

/// <summary>
/// Which version is "the body of stream N" on this lane, for the last <see cref="Capacity"/> bodies stored. Each side keeps its own; where they disagree a version
/// is not found, which costs bytes only.
/// </summary>
internal sealed class HandleTable
{
    /// <summary>The most handles that a lane remembers.</summary>
    public const int Capacity = 8192;

    private readonly Dictionary<uint, VersionName> _byStream = [];
    private readonly Dictionary<VersionName, uint> _byName = [];
    private readonly Queue<uint> _order = new();

    /// <summary>Remembers that the body of <paramref name="stream"/> is <paramref name="name"/>.</summary>
    public void Add(uint stream, VersionName name)
    {
        if (!_byStream.TryAdd(stream, name))
        {
            return;
        }

        _byName[name] = stream;
        _order.Enqueue(stream);
        if (_order.Count > Capacity)
        {
            RemoveOldest();
        }
    }

    /// <summary>The version that a stream carried, or a name that names nothing.</summary>
    public VersionName NameOf(uint stream) => _byStream.GetValueOrDefault(stream);

    /// <summary>How to name a version on this lane: by the newest stream that carried it, or by its name.</summary>
    public VersionRef Refer(VersionName name) =>
        _byName.TryGetValue(name, out uint stream) ? new VersionRef(stream, default) : new VersionRef(0, name);

    private void RemoveOldest()
    {
        uint stream = _order.Dequeue();
        if (_byStream.Remove(stream, out VersionName name) && _byName.GetValueOrDefault(name) == stream)
        {
            _byName.Remove(name);
        }
    }
}
