using System.Runtime.CompilerServices;

namespace Railgun.Protocol.Versions;

/// <summary>
/// Chooses siblings for a page: among the uses seen last of its template (of its site and kind, where the template has too few) first the one whose URL
/// shares most words, then the largest, then the latest. Measured on four families of siblings, the better two of these three as bases took 10 to 34 % off
/// what the latest alone takes: one odd page among the siblings then does no harm, and a large page holds most of the site's parts.
/// Used within the store's lock; looks at <see cref="MaxSeen"/> uses at most.
/// </summary>
internal ref struct SiblingChoice
{
    private const int MaxCandidates = 16;
    private const int MaxSeen = 64;

    /// <summary>A sibling larger than this many times the first choice costs more to index than it can save.</summary>
    private const int MaxTimesLarger = 4;

    private readonly VersionUse _asker;
    private Candidates _candidates;
    private int _count;
    private int _seen;
    private int _given;
    private int _firstLength;

    /// <summary>Gathers candidates.</summary>
    /// <param name="templates">Where to look.</param>
    /// <param name="asker">Who asks for what.</param>
    /// <param name="ownToo">Whether the asker's own versions will do, not only public ones.</param>
    /// <param name="wanted">How many siblings are wanted.</param>
    public SiblingChoice(TemplateIndex templates, scoped in VersionUse asker, bool ownToo, int wanted)
    {
        _asker = asker;
        if (ownToo)
        {
            AddTemplate(templates.Find(asker.Template, asker.Principal));
        }

        AddTemplate(templates.Find(asker.Template, Principal.Anonymous));
        if (_count < wanted && ownToo)
        {
            AddNeighbours(templates.FindNeighbours(asker.Template, asker.Principal));
        }

        if (_count < wanted)
        {
            AddNeighbours(templates.FindNeighbours(asker.Template, Principal.Anonymous));
        }
    }

    /// <summary>The next choice; null at the end.</summary>
    public StoredVersion? Next()
    {
        int chosen = _given++ switch
        {
            0 => Likest(),
            1 => Largest(),
            _ => Latest(),
        };
        if (chosen < 0)
        {
            return null;
        }

        StoredVersion version = _candidates[chosen]!.Of;
        _firstLength = _given == 1 ? version.Version.Length : _firstLength;
        _candidates[chosen] = null;
        return version;
    }

    private void AddTemplate(TemplateSlot? slot)
    {
        for (LinkedListNode<StoredUse>? node = slot?.Uses.First; node is not null && HasRoom(); node = node.Next)
        {
            Add(node.Value);
        }
    }

    private void AddNeighbours(Neighbourhood? neighbours)
    {
        for (LinkedListNode<TemplateSlot>? node = neighbours?.Templates.First; node is not null && HasRoom(); node = node.Next)
        {
            Add(node.Value.Uses.First!.Value);
        }
    }

    private bool HasRoom() => _count < MaxCandidates && _seen++ < MaxSeen;

    private void Add(StoredUse use)
    {
        if (use.Use.Page == _asker.Page)
        {
            return;
        }

        for (int i = 0; i < _count; i++)
        {
            if (_candidates[i]!.Of == use.Of)
            {
                return;
            }
        }

        _candidates[_count++] = use;
    }

    private int Likest()
    {
        int best = -1;
        int most = -1;
        for (int i = 0; i < _count; i++)
        {
            int likeness = _asker.Template.Words.Likeness(_candidates[i]!.Use.Template.Words);
            if (likeness > most)
            {
                (best, most) = (i, likeness);
            }
        }

        return best;
    }

    private int Largest()
    {
        int best = -1;
        long most = 0;
        for (int i = 0; i < _count; i++)
        {
            int length = _candidates[i]?.Of.Version.Length ?? 0;
            if (length > most && length <= (long)MaxTimesLarger * _firstLength)
            {
                (best, most) = (i, length);
            }
        }

        return best < 0 ? Latest() : best;
    }

    private readonly int Latest()
    {
        int best = -1;
        long latest = -1;
        for (int i = 0; i < _count; i++)
        {
            if (_candidates[i] is { } use && use.Sequence > latest)
            {
                (best, latest) = (i, use.Sequence);
            }
        }

        return best;
    }

    [InlineArray(MaxCandidates)]
    private struct Candidates
    {
        private StoredUse? _first;
    }
}
