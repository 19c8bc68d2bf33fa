using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Railgun.Protocol.Versions;

/// <summary>
/// Collects parts and makes 128 bits of them: SHA-256 over a secret key and the parts, cut in half. Cut, it cannot be extended by who knows it, so HMAC
/// would add nothing but a second round, which costs several times as much here. Each part stands behind its length, so that no two lists of parts
/// look alike. Where the parts outgrow the buffer given, one is rented: <see cref="Finish"/> wipes it and gives it back.
/// </summary>
internal ref struct KeyedHash
{
    /// <summary>A size for the buffer on the stack that most requests' parts fit in.</summary>
    public const int StackBytes = 512;

    private const int KeyBytes = 32;

    private Span<byte> _buffer;
    private byte[]? _rented;
    private int _used;

    /// <summary>Begins without parts.</summary>
    /// <param name="key">From <see cref="NewKey"/>.</param>
    /// <param name="buffer">At least as long as the key.</param>
    public KeyedHash(ReadOnlySpan<byte> key, Span<byte> buffer)
    {
        key.CopyTo(buffer);
        _buffer = buffer;
        _used = KeyBytes;
    }

    /// <summary>Whether no part was added.</summary>
    public readonly bool IsEmpty => _used == KeyBytes;

    /// <summary>A new random key.</summary>
    public static byte[] NewKey() => RandomNumberGenerator.GetBytes(KeyBytes);

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
        SHA256.HashData(_buffer[.._used], digest);
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
