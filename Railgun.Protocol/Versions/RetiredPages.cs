namespace Railgun.Protocol.Versions;

/// <summary>
/// Remembers pages whose last answer could not be kept, in a table of fixed size (32 KB): a page may be forgotten early, when another takes its place.
/// Guarded by the store's lock.
/// </summary>
internal sealed class RetiredPages
{
    private const int Places = 1024;

    private readonly (PageKey Page, Principal Owner)[] _pages = new (PageKey, Principal)[Places];

    /// <summary>Remembers a page as one principal sees it.</summary>
    public void Add(PageKey page, Principal who) => _pages[Place(page, who)] = (page, who);

    /// <summary>Forgets a page.</summary>
    public void Remove(PageKey page, Principal who)
    {
        if (Contains(page, who))
        {
            _pages[Place(page, who)] = default;
        }
    }

    /// <summary>Whether the page is remembered.</summary>
    public bool Contains(PageKey page, Principal who) => page != default && _pages[Place(page, who)] == (page, who);

    private static int Place(PageKey page, Principal who) => (int)((page.Low ^ who.Low) % Places);
}
