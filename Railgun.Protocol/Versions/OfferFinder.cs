namespace Railgun.Protocol.Versions;

/// <summary>
/// Walks through what could be offered for a request, the best first: two versions of the page, the newest first, then one sibling; for a page of
/// which nothing is here, three siblings. The asker's own versions and public ones are one sequence. Used within the store's lock.
/// </summary>
internal ref struct OfferFinder
{
    private const int SiblingsOfKnownPage = 1;
    private const int SiblingsOfNewPage = 3;

    private readonly StoreIndex _index;
    private readonly VersionUse _asker;
    private readonly bool _ownToo;
    private StoredUse? _own;
    private StoredUse? _everybodys;
    private StoredVersion? _first;
    private StoredVersion? _second;
    private SiblingChoice _siblings;
    private int _siblingsLeft = -1;

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
        while (_second is null && _siblingsLeft < 0 && NextOfPage() is { } use)
        {
            if (_first is null)
            {
                return _first = use.Of;
            }

            if (use.Of != _first)
            {
                return _second = use.Of;
            }
        }

        return NextSibling();
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
            _own = next!.OfPage.Next?.Value;
        }
        else if (next is not null)
        {
            _everybodys = next.OfPage.Next?.Value;
        }

        return next;
    }

    private StoredVersion? NextSibling()
    {
        if (_siblingsLeft < 0)
        {
            _siblingsLeft = _first is null ? SiblingsOfNewPage : SiblingsOfKnownPage;
            _siblings = new SiblingChoice(_index.Templates, _asker, _ownToo, _siblingsLeft);
        }

        while (_siblingsLeft > 0 && _siblings.Next() is { } sibling)
        {
            if (sibling != _first && sibling != _second)
            {
                _siblingsLeft--;
                return sibling;
            }
        }

        return null;
    }
}
