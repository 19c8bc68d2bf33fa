using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Railgun.Protocol.Versions;

/// <summary>The name of a version: the SHA-256 (FIPS 180-4) of its body. The default value names nothing.</summary>
internal readonly record struct VersionName
{
    /// <summary>Bytes in a name.</summary>
    public const int Size = SHA256.HashSizeInBytes;

    private readonly ulong _a;
    private readonly ulong _b;
    private readonly ulong _c;
    private readonly ulong _d;

    /// <summary>Reads a name from <see cref="Size"/> bytes.</summary>
    /// <exception cref="ArgumentException">Not <see cref="Size"/> bytes.</exception>
    public VersionName(ReadOnlySpan<byte> digest)
    {
        if (digest.Length != Size)
        {
            throw new ArgumentException($"A version's name has {Size} bytes, not {digest.Length}.", nameof(digest));
        }

        _a = BinaryPrimitives.ReadUInt64BigEndian(digest);
        _b = BinaryPrimitives.ReadUInt64BigEndian(digest[8..]);
        _c = BinaryPrimitives.ReadUInt64BigEndian(digest[16..]);
        _d = BinaryPrimitives.ReadUInt64BigEndian(digest[24..]);
    }

    /// <summary>Whether this names nothing.</summary>
    public bool IsDefault => (_a | _b | _c | _d) == 0;

    /// <summary>The first 8 bytes: the check of a whole body (WIRE_FORMAT.md, segments).</summary>
    public ulong Check => _a;

    /// <summary>The name of <paramref name="body"/>.</summary>
    public static VersionName Of(ReadOnlySpan<byte> body)
    {
        Span<byte> digest = stackalloc byte[Size];
        SHA256.HashData(body, digest);
        return new VersionName(digest);
    }

    /// <summary>Writes the <see cref="Size"/> bytes.</summary>
    public void CopyTo(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt64BigEndian(destination, _a);
        BinaryPrimitives.WriteUInt64BigEndian(destination[8..], _b);
        BinaryPrimitives.WriteUInt64BigEndian(destination[16..], _c);
        BinaryPrimitives.WriteUInt64BigEndian(destination[24..], _d);
    }

    /// <summary>The first 12 hex digits, enough for logs.</summary>
    public override string ToString() => _a.ToString("x16", null)[..12];
}
