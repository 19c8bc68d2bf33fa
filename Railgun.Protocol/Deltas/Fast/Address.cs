using System.Numerics;

namespace Railgun.Protocol.Deltas.Fast;

/// <summary>Where a copy reads, as its kind says it.</summary>
/// <param name="Symbol">The symbol; 0 where the kind says no address, and where it is resumed.</param>
/// <param name="Bits">How many bits there are below it.</param>
/// <param name="Rest">These: how far it is from the least place that the symbol stands for.</param>
internal readonly record struct Address(byte Symbol, byte Bits, uint Rest)
{
    /// <summary>So far from the end of the last copy; false if that is not near.</summary>
    public static bool IsNear(long distance, out Address address)
    {
        long place = distance + FastModel.NearBefore;
        address = new Address((byte)place, 0, 0);
        return (ulong)place < FastModel.NearPlaces;
    }

    /// <summary>So far back in the segment.</summary>
    public static Address Back(int distance)
    {
        uint value = (uint)distance - 1;
        int step = Ladder.StepOf(value, FastModel.FineDistances, out int bits);
        return new Address((byte)step, (byte)bits, ~value & ((1u << bits) - 1));
    }

    /// <summary>So far from where the last copy from that base ended.</summary>
    public static Address Jump(int distance)
    {
        uint value = (uint)Math.Abs(distance) + 1;
        int log = BitOperations.Log2(value);
        uint rest = value - (1u << log);
        return distance < 0
            ? new Address((byte)((2 * log) + 1), (byte)log, (1u << log) - 1 - rest)
            : new Address((byte)(2 * log), (byte)log, rest);
    }
}
