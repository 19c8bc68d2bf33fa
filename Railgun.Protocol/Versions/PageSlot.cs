namespace Railgun.Protocol.Versions;

/// <summary>The versions of one page that one principal, or everybody, may have. Guarded by the store's lock.</summary>
internal sealed class PageSlot
{
    /// <summary>The page and whose versions these are.</summary>
    public required (PageKey Page, Principal Owner) Key { get; init; }

    /// <summary>The uses, the newest first; one version stands here once.</summary>
    public LinkedList<StoredUse> Uses { get; } = new();

    /// <summary>The newest version's use.</summary>
    public StoredUse? Newest => Uses.First?.Value;

    /// <summary>The use of <paramref name="version"/> here, or null.</summary>
    public StoredUse? Find(StoredVersion version)
    {
        for (LinkedListNode<StoredUse>? node = Uses.First; node is not null; node = node.Next)
        {
            if (node.Value.Of == version)
            {
                return node.Value;
            }
        }

        return null;
    }
}
