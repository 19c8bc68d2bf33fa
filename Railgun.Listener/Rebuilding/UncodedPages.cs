using Railgun.Protocol.Versions;

namespace Railgun.Listener.Rebuilding;

/// <summary>
/// Remembers for which pages the last answer was not coded and not kept, for example images: offers for them would be bytes for nothing. A table of
/// fixed size in which a page may overwrite another's mark; the worst that follows is one offer too many or one too few. Thread-safe.
/// </summary>
internal sealed class UncodedPages
{
    /// <summary>Marks in the table: 128 KB.</summary>
    private const int Size = 16 * 1024;

    private readonly ulong[] _marks = new ulong[Size];

    /// <summary>Whether the last answer of the page could not be coded.</summary>
    public bool Contains(PageKey page) => Volatile.Read(ref Slot(page)) == Mark(page);

    /// <summary>Notes what the last answer of the page was.</summary>
    public void Note(PageKey page, bool coded)
    {
        ref ulong slot = ref Slot(page);
        if (!coded)
        {
            Volatile.Write(ref slot, Mark(page));
        }
        else if (Volatile.Read(ref slot) == Mark(page))
        {
            Volatile.Write(ref slot, 0);
        }
    }

    private ref ulong Slot(PageKey page) => ref _marks[page.Low % Size];

    // Never 0, the empty slot.
    private static ulong Mark(PageKey page) => page.High | 1;
}
