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

    /// <summary>How long nothing is coded against fresh bodies of a page of which the listener lacked one; each time that follows within as long again takes twice as long.</summary>
    public static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);

    /// <summary>The longest such pause.</summary>
    public static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    private readonly Dictionary<(PageKey Page, Principal Who), (uint Stream, FreshBody Body)> _bodies = [];
    private readonly Dictionary<PageKey, (long Until, long Pause)> _pauses = [];

    /// <summary>Remembers a body whose end has been written, or is about to be.</summary>
    /// <param name="use">Whose page it is.</param>
    /// <param name="stream">The stream that carried it.</param>
    /// <param name="body">Which it is.</param>
    public void Add(in VersionUse use, uint stream, FreshBody body)
    {
        if (_bodies.Count >= Capacity)
        {
            _bodies.Clear();
        }

        _bodies[(use.Page, use.Sharing == Sharing.Principal ? use.Principal : Principal.Anonymous)] = (stream, body);
    }

    /// <summary>The last body of the asker's page: of the asker's own, else of everybody's; default for none.</summary>
    public FreshBody Find(in VersionUse asker, long now) =>
        _pauses.Count > 0 && _pauses.TryGetValue(asker.Page, out (long Until, long Pause) pause) && now < pause.Until ? default
        : _bodies.TryGetValue((asker.Page, asker.Principal), out (uint Stream, FreshBody Body) own) ? own.Body
        : _bodies.GetValueOrDefault((asker.Page, Principal.Anonymous)).Body;

    /// <summary>The listener may not have the body of <paramref name="exchange"/>: nobody waits for it there any more.</summary>
    public void Forget(ulong exchange)
    {
        foreach (((PageKey, Principal) key, (_, FreshBody body)) in _bodies)
        {
            if (body.Exchange == exchange)
            {
                _bodies.Remove(key);
                return;
            }
        }
    }

    /// <summary>Likewise, for the body that <paramref name="stream"/> carried.</summary>
    public void ForgetStream(uint stream)
    {
        foreach (((PageKey, Principal) key, (uint carried, _)) in _bodies)
        {
            if (carried == stream)
            {
                _bodies.Remove(key);
                return;
            }
        }
    }

    /// <summary>The listener lacked one of <paramref name="page"/>: what came behind may be lacking too, and it may go on so: somebody may see to it that bodies of this page do not arrive.</summary>
    public void Lacked(PageKey page, long now)
    {
        _bodies.Clear();
        bool known = _pauses.TryGetValue(page, out (long Until, long Pause) last);
        if (known && now < last.Until)
        {
            // One of those that were under way when the first was lacking.
            return;
        }

        if (!known && _pauses.Count >= Capacity)
        {
            _pauses.Clear();
        }

        long pause = known && now < last.Until + last.Pause ? Math.Min(2 * last.Pause, LongestPause.Ticks) : FirstPause.Ticks;
        _pauses[page] = (now + pause, pause);
    }
}
