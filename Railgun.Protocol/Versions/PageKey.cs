using Railgun.Protocol.Heads;

namespace Railgun.Protocol.Versions;

/// <summary>
/// What finds the versions of a page: a keyed 128-bit hash of authority, raw target and method class. The key is drawn anew by each process, so
/// nobody can choose URLs whose keys collide; the value means nothing to another process.
/// </summary>
/// <param name="High">The first half.</param>
/// <param name="Low">The second half.</param>
internal readonly record struct PageKey(ulong High, ulong Low)
{
    private static readonly byte[] Key = KeyedHash.NewKey();

    /// <summary>The key of the page that <paramref name="head"/> asks for.</summary>
    /// <param name="head">The request. Its authority counts without regard to case, its target byte for byte.</param>
    /// <param name="scope">What else keeps sites apart: at a listener the name of the sender; empty where there is one only.</param>
    public static PageKey Of(RequestHead head, string scope = "")
    {
        var hash = new KeyedHash(Key, stackalloc byte[KeyedHash.StackBytes]);
        hash.Add(scope);
        hash.AddLower(head.Authority);
        hash.Add(head.Target);
        hash.Add((byte)MethodClasses.Of(head.Method));
        (ulong high, ulong low) = hash.Finish();
        return new PageKey(high, low);
    }
}
