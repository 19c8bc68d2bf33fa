using System.Runtime.Intrinsics;

namespace Railgun.Protocol.Deltas.Dense;

/// <summary>
/// What a nibble says of the fifteen nodes of its tree, as lanes: node 1 is the first bit, nodes 2 and 3 the second after a 0 or a 1, and so on.
/// Lane 0 is no node.
/// </summary>
internal static class NibbleMasks
{
    private static readonly Vector256<ushort>[] Paths = Make(static (_, _) => ushort.MaxValue, -1);
    private static readonly Vector256<ushort>[] Targets = Make(static (_, bit) => (ushort)(bit * short.MaxValue), -1);
    private static readonly Vector256<ushort>[] Steps =
    [
        .. Enumerable.Range(0, 4).SelectMany(static level => Make(static (_, _) => ushort.MaxValue, level)),
    ];

    /// <summary>By nibble: all ones in the nodes on its way.</summary>
    public static Vector256<ushort>[] Path => Paths;

    /// <summary>By nibble: 32,767 in the nodes on its way where it goes on with a 1; 0 elsewhere.</summary>
    public static Vector256<ushort>[] Target => Targets;

    /// <summary>By 16 * level + nibble: all ones in the node on its way at that level, 0 (the first bit) to 3.</summary>
    public static Vector256<ushort>[] Step => Steps;

    private static Vector256<ushort>[] Make(Func<int, int, ushort> lane, int only)
    {
        var masks = new Vector256<ushort>[16];
        for (int nibble = 0; nibble < masks.Length; nibble++)
        {
            int node = 1;
            for (int level = 0; level < 4; level++)
            {
                int bit = (nibble >> (3 - level)) & 1;
                if (only < 0 || only == level)
                {
                    masks[nibble] = masks[nibble].WithElement(node, lane(node, bit));
                }

                node = (node << 1) | bit;
            }
        }

        return masks;
    }
}
