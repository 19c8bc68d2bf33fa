using System.IO.Hashing;
using System.Runtime.InteropServices;
using Railgun.Protocol.Engine;
using Railgun.Protocol.Heads;

namespace Railgun.Protocol.Transport;

/// <summary>
/// Guesses which exchanges will be bulky: those that bring a large body along, and those whose target took much on the link last time. A wrong guess costs some acknowledgements on another lane. Bounded;
/// thread-safe without a lock: a lost entry is a guess less.
/// </summary>
internal sealed class BulkPages
{
    private const int Places = 1024;

    private readonly ulong[] _places = new ulong[Places];

    /// <summary>Whether much is expected to cross, one way or the other.</summary>
    public bool IsExpected(RequestHead head)
    {
        ulong hash = HashOf(head);
        return Volatile.Read(ref _places[hash % Places]) == hash || (head.Fields.First("Content-Length") is { } length && long.TryParse(length, out long bytes) && bytes >= LaneEngine.BulkFrom);
    }

    /// <summary>An answer took so many bytes on the link.</summary>
    public void Took(RequestHead head, long bytes)
    {
        ulong hash = HashOf(head);
        ref ulong place = ref _places[hash % Places];
        if (bytes >= LaneEngine.BulkFrom)
        {
            Volatile.Write(ref place, hash);
        }
        else if (Volatile.Read(ref place) == hash)
        {
            Volatile.Write(ref place, 0);
        }
    }

    private static ulong HashOf(RequestHead head) =>
        XxHash3.HashToUInt64(MemoryMarshal.AsBytes(head.Target.AsSpan()), (long)XxHash3.HashToUInt64(MemoryMarshal.AsBytes(head.Authority.AsSpan()))) | 1;
}
