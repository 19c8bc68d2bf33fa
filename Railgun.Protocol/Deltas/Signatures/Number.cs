namespace Railgun.Protocol.Deltas.Signatures;

/// <summary>Numbers of 1 to 5 bytes: 7 bits each, the lowest first, the high bit says that more follow. Up to 2^31 - 1.</summary>
internal static class Number
{
    /// <summary>The most bytes that one takes.</summary>
    public const int MaxSize = 5;

    /// <summary>Writes <paramref name="value"/>; returns how many bytes it took.</summary>
    public static int Write(Span<byte> destination, int value)
    {
        int size = 0;
        for (uint rest = (uint)value; ; rest >>= 7)
        {
            destination[size++] = (byte)(rest < 0x80 ? rest : rest | 0x80);
            if (rest < 0x80)
            {
                return size;
            }
        }
    }

    /// <summary>Takes a number off the front of <paramref name="source"/>; false if it is cut off, too large, or longer than it need be.</summary>
    public static bool TryRead(ref ReadOnlySpan<byte> source, out int value)
    {
        ulong read = 0;
        for (int i = 0; i < Math.Min(source.Length, MaxSize); i++)
        {
            read |= (ulong)(source[i] & 0x7F) << (7 * i);
            if (source[i] < 0x80)
            {
                value = (int)(read & int.MaxValue);
                bool shortest = i == 0 || source[i] != 0;
                source = source[(i + 1)..];
                return shortest && read <= int.MaxValue;
            }
        }

        value = 0;
        return false;
    }
}
