namespace Railgun.Protocol.Versions;

/// <summary>
/// Walks through what could be offered for a request, the best first: two versions of the page, the newest first, then one sibling of its template.
/// The asker's own versions and public ones are one sequence for the page; for the sibling its own come first. Used within the store's lock.
/// </summary>
internal ref struct OfferFinder
{
    private const int MaxOfPage = 2;

    private readonly StoreIndex _index;
    private readonly VersionUse _asker;
    private readonly bool _ownToo;
    private StoredUse? _own;
    private StoredUse? _everybodys;
    private StoredVersion? _first;
    private StoredVersion? _second;
    private int _ofPage;
    private bool _siblingGiven;

    /// <summary>Begins a walk.</summary>
    public OfferFinder(StoreIndex index, in VersionUse asker, bool publicOnly)
    {
        _index = index;
        _asker = asker;
        _ownToo = !publicOnly && !asker.Principal.IsAnonymous;
        _own = _ownToo ? index.FindPage(asker.Page, asker.Principal)?.Newest : null;
        _everybodys = index.FindPage(asker.Page, Principal.Anonymous)?.Newest;
    }

    /// <summary>The next version; null at the end.</summary>
    public StoredVersion? Next()
    {
        while (_ofPage < MaxOfPage && NextOfPage() is { } use)
        {
            if (use.Of != _first)
            {
                _ofPage++;
                _second = _first is null ? null : use.Of;
                _first ??= use.Of;
                return use.Of;
            }
        }

        if (_siblingGiven)
        {
            return null;
        }

        _siblingGiven = true;
        return (_ownToo ? Sibling(_asker.Principal) : null) ?? Sibling(Principal.Anonymous);
    }

    /// <summary>Notes that the page was asked for again.</summary>
    public readonly void ProvePage()
    {
        if (_first is not null)
        {
            _index.Prove(_first);
        }
    }

    private StoredUse? NextOfPage()
    {
        bool own = _own is not null && (_everybodys is null || _own.Sequence > _everybodys.Sequence);
        StoredUse? next = own ? _own : _everybodys;
        if (own)
        {
            _own = _own!.Page.After(_own);
        }
        else if (next is not null)
        {
            _everybodys = next.Page.After(next);
        }

        return next;
    }

    private readonly StoredVersion? Sibling(Principal owner)
    {
        for (StoredUse? use = _index.FindTemplate(_asker.Template, owner)?.Latest; use is not null; use = use.EarlierOfTemplate)
        {
            if (use.Use.Page != _asker.Page && use.Of != _first && use.Of != _second)
            {
                return use.Of;
            }
        }

        return null;
    }
}
