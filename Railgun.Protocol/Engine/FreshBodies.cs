using Railgun.Protocol.Versions;

namespace Railgun.Protocol.Engine;

/// <summary>
/// Sender: the last body of each page that a lane has carried whole, so that the answers behind it can be coded against it before any request could offer it. Bounded; what is forgotten
/// costs bytes only.
/// </summary>
internal sealed class FreshBodies
{
    /// <summary>The most pages that a lane remembers; then it begins anew.</summary>
    public const int Capacity = 512;

    private readonly Dictionary<(PageKey Page, Principal Who), FreshBody> _bodies = [];

    /// <summary>Remembers a body whose end is queued.</summary>
    public void Add(in VersionUse use, FreshBody body)
    {
        if (_bodies.Count >= Capacity)
        {
            _bodies.Clear();
        }

        _bodies[(use.Page, use.Sharing == Sharing.Principal ? use.Principal : Principal.Anonymous)] = body;
    }

    /// <summary>The last body of the asker's page: of the asker's own, else of everybody's; default for none.</summary>
    public FreshBody Find(in VersionUse asker) =>
        _bodies.TryGetValue((asker.Page, asker.Principal), out FreshBody own) ? own : _bodies.GetValueOrDefault((asker.Page, Principal.Anonymous));

    /// <summary>The listener may not have the body of <paramref name="exchange"/>: nobody waits for it there any more.</summary>
    public void Forget(ulong exchange)
    {
        foreach (((PageKey, Principal) key, FreshBody body) in _bodies)
        {
            if (body.Exchange == exchange)
            {
                _bodies.Remove(key);
                return;
            }
        }
    }

    /// <summary>The listener lacked one of them: what came behind may be lacking too.</summary>
    public void Clear() => _bodies.Clear();
}
