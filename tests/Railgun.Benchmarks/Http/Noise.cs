namespace Railgun.Benchmarks.Http;

/// <summary>Bytes that nothing can pack, longer than any window that a coder looks back.</summary>
internal static class Noise
{
    /// <summary>Bytes that are read and written at a time.</summary>
    public const int Piece = 64 * 1024;

    private static readonly byte[] Bytes = Make(64 * 1024 * 1024);

    /// <summary>The piece at an offset of the endless whole.</summary>
    public static ReadOnlyMemory<byte> At(long offset) => Bytes.AsMemory((int)(offset % Bytes.Length), Piece);

    private static byte[] Make(int length)
    {
        byte[] bytes = new byte[length];
        new Random(11).NextBytes(bytes);
        return bytes;
    }
}
