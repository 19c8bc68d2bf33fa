using System.Buffers.Binary;
using Railgun.Protocol.Engine;

namespace Railgun.Protocol.Frames;

/// <summary>
/// What stands before the bytes of a DATA frame that ends a segment.
/// <code>
/// check (8) | target length of the segment (v) | coded bytes
/// </code>
/// </summary>
internal static class SegmentCheck
{
    /// <summary>The most bytes it takes.</summary>
    public const int MaxSize = 8 + 4;

    /// <summary>How many bytes it takes.</summary>
    public static int Size(int segmentLength) => 8 + Varint.Length((ulong)segmentLength);

    /// <summary>Appends it.</summary>
    public static void Write(FrameBuffer output, ulong check, int segmentLength)
    {
        BinaryPrimitives.WriteUInt64BigEndian(output.GetSpan(8), check);
        output.Advance(8);
        output.WriteVarint((ulong)segmentLength);
    }

    /// <summary>Reads it; the coded bytes are what <paramref name="reader"/> has left. False if it is malformed.</summary>
    public static bool TryRead(ref FrameReader reader, out ulong check, out int segmentLength)
    {
        ReadOnlySpan<byte> bytes = reader.Bytes(8);
        check = reader.Failed ? 0 : BinaryPrimitives.ReadUInt64BigEndian(bytes);
        segmentLength = (int)reader.Varint(Limits.MaxSegmentTarget);
        return !reader.Failed;
    }
}
