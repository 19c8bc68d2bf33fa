using System.Buffers.Binary;

namespace Railgun.Simulation;

/// <summary>
/// The simulation's own little delta: how many bytes are as in the base at the same place, from the front and from the back, and what is between. The engines under test
/// carry coded bytes without looking into them.
/// </summary>
internal static class ToyDelta
{
    private const int HeaderSize = 12;

    public static byte[] Encode(ReadOnlySpan<byte> basis, ReadOnlySpan<byte> target)
    {
        int front = basis.CommonPrefixLength(target);
        int back = 0;
        while (back < Math.Min(basis.Length, target.Length) - front && basis[^(back + 1)] == target[^(back + 1)])
        {
            back++;
        }

        byte[] coded = new byte[HeaderSize + target.Length - front - back];
        BinaryPrimitives.WriteInt32LittleEndian(coded, front);
        BinaryPrimitives.WriteInt32LittleEndian(coded.AsSpan(4), back);
        BinaryPrimitives.WriteInt32LittleEndian(coded.AsSpan(8), target.Length);
        target[front..^back].CopyTo(coded.AsSpan(HeaderSize));
        return coded;
    }

    /// <summary>What was coded; nothing where the base is another one than it was coded against and too short.</summary>
    public static byte[] Decode(ReadOnlySpan<byte> basis, ReadOnlySpan<byte> coded)
    {
        int front = BinaryPrimitives.ReadInt32LittleEndian(coded);
        int back = BinaryPrimitives.ReadInt32LittleEndian(coded[4..]);
        if (front > basis.Length || back > basis.Length)
        {
            return [];
        }

        byte[] target = new byte[BinaryPrimitives.ReadInt32LittleEndian(coded[8..])];
        basis[..front].CopyTo(target);
        coded[HeaderSize..].CopyTo(target.AsSpan(front));
        basis[^back..].CopyTo(target.AsSpan(target.Length - back));
        return target;
    }
}
