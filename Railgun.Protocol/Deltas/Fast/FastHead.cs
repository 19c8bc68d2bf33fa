using System.Buffers.Binary;
using System.Numerics;

namespace Railgun.Protocol.Deltas.Fast;

/// <summary>What a payload begins with.</summary>
/// <param name="More">Whether the target goes on behind the segment.</param>
/// <param name="Bytes">How many new bytes the segment has.</param>
internal readonly record struct FastHead(bool More, int Bytes)
{
    /// <summary>From so many new bytes on the segment lies in streams (<see cref="ByteStreams"/>).</summary>
    public const int Many = 256;

    private const int LogBits = 5;

    /// <summary>Its size in bits: more, the log of the number plus 1, the bits below.</summary>
    public int Bits => 1 + LogBits + Log;

    private int Log => BitOperations.Log2((uint)Bytes + 1);

    /// <summary>Reads it from the front of a payload with four bytes or more.</summary>
    public static FastHead Read(ReadOnlySpan<byte> payload)
    {
        uint bits = BinaryPrimitives.ReadUInt32BigEndian(payload);
        bool more = bits >> 31 != 0;
        bits <<= 1;
        int log = (int)(bits >> (32 - LogBits));
        bits <<= LogBits;
        return log > BitOperations.Log2(DeltaLimits.MaxSegmentTarget + 1)
            ? new FastHead(more, int.MaxValue)
            : new FastHead(more, (1 << log) - 1 + (int)((bits >> 1) >> (31 - log)));
    }

    /// <summary>Writes it.</summary>
    public void Write(ref BitWriter writer)
    {
        writer.Put(More ? 1u : 0u, 1);
        writer.Put((uint)Log, LogBits);
        writer.Put((uint)Bytes + 1 - (1u << Log), Log);
    }
}
