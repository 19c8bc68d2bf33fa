using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Railgun.Protocol.Versions;

/// <summary>
/// Collects parts and makes 128 bits of HMAC-SHA256 (FIPS 198-1) of them. Each part stands behind its length, so that no two lists of parts look
/// alike. Where the parts outgrow the buffer given, one is rented: <see cref="Finish"/> wipes it and gives it back.
/// </summary>
internal ref struct KeyedHash
{
    /// <summary>A size for the buffer on the stack that most requests' parts fit in.</summary>
    public const int StackBytes = 512;

    private readonly ReadOnlySpan<byte> _key;
    private Span<byte> _buffer;
    private byte[]? _rented;
    private int _used;

    /// <summary>Begins without parts.</summary>
    public KeyedHash(ReadOnlySpan<byte> key, Span<byte> buffer)
    {
        _key = key;
        _buffer = buffer;
    }

    /// <summary>Whether no part was added.</summary>
    public readonly bool IsEmpty => _used == 0;

    /// <summary>A new random key.</summary>
    public static byte[] NewKey() => RandomNumberGenerator.GetBytes(SHA256.HashSizeInBytes);

    /// <summary>Adds a part, a byte a char (Latin-1).</summary>
    public void Add(ReadOnlySpan<char> part) => Encoding.Latin1.GetBytes(part, Next(part.Length));

    /// <summary>Adds a part with its ASCII letters in lower case.</summary>
    public void AddLower(ReadOnlySpan<char> part)
    {
        Span<byte> room = Next(part.Length);
        Encoding.Latin1.GetBytes(part, room);
        Ascii.ToLowerInPlace(room, out _);
    }

    /// <summary>Adds a part of one byte.</summary>
    public void Add(byte part) => Next(1)[0] = part;

    /// <summary>The hash of all parts. Nothing may be added after it.</summary>
    public (ulong High, ulong Low) Finish()
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        HMACSHA256.HashData(_key, _buffer[.._used], digest);
        Return();
        return (BinaryPrimitives.ReadUInt64BigEndian(digest), BinaryPrimitives.ReadUInt64BigEndian(digest[8..]));
    }

    private Span<byte> Next(int length)
    {
        int needed = _used + sizeof(int) + length;
        if (needed > _buffer.Length)
        {
            byte[] larger = ArrayPool<byte>.Shared.Rent(needed * 2);
            _buffer[.._used].CopyTo(larger);
            Return();
            _rented = larger;
            _buffer = larger;
        }

        BinaryPrimitives.WriteInt32LittleEndian(_buffer[_used..], length);
        Span<byte> room = _buffer.Slice(_used + sizeof(int), length);
        _used = needed;
        return room;
    }

    private void Return()
    {
        if (_rented is not null)
        {
            CryptographicOperations.ZeroMemory(_rented.AsSpan(0, _used)); // credentials must not lie about in the pool
            ArrayPool<byte>.Shared.Return(_rented);
            _rented = null;
        }
    }
}
