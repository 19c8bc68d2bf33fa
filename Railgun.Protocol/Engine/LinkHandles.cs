namespace Railgun.Protocol.Engine;

/// <summary>
/// The handles of one link: those of the peer's process that said hello last. A process that starts anew counts its exchanges anew and has an empty store, so
/// nothing of the last one is meant by a handle; lanes of the old one that still end keep their table. Thread-safe.
/// </summary>
internal sealed class LinkHandles
{
    private readonly Lock _lock = new();
    private Guid _instance;
    private HandleTable _table = new();

    /// <summary>The handles shared with the process that calls itself <paramref name="instance"/>.</summary>
    public HandleTable With(Guid instance)
    {
        lock (_lock)
        {
            if (instance != _instance)
            {
                (_instance, _table) = (instance, new HandleTable());
            }

            return _table;
        }
    }
}
