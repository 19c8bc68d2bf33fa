using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Railgun.Protocol.Identity;

/// <summary>
/// Who a peer is: the SHA-256 (FIPS 180-4) of its certificate's SubjectPublicKeyInfo (RFC 5280, section 4.1), so that it outlives the certificate.
/// The text form is <c>SHA256:</c> and 43 characters of base64url without padding (RFC 4648, section 5). The default value is nobody.
/// </summary>
internal readonly record struct Fingerprint
{
    /// <summary>Bytes in a fingerprint.</summary>
    public const int Size = SHA256.HashSizeInBytes;

    /// <summary>What the text form begins with.</summary>
    public const string Prefix = "SHA256:";

    private const int HexLength = Size * 2;
    private const int Base64Length = 43;

    private readonly ulong _a;
    private readonly ulong _b;
    private readonly ulong _c;
    private readonly ulong _d;

    /// <summary>Reads a fingerprint from <see cref="Size"/> bytes.</summary>
    /// <exception cref="ArgumentException">Not <see cref="Size"/> bytes.</exception>
    public Fingerprint(ReadOnlySpan<byte> digest)
    {
        if (digest.Length != Size)
        {
            throw new ArgumentException($"A fingerprint has {Size} bytes, not {digest.Length}.", nameof(digest));
        }

        _a = BinaryPrimitives.ReadUInt64BigEndian(digest);
        _b = BinaryPrimitives.ReadUInt64BigEndian(digest[8..]);
        _c = BinaryPrimitives.ReadUInt64BigEndian(digest[16..]);
        _d = BinaryPrimitives.ReadUInt64BigEndian(digest[24..]);
    }

    /// <summary>Whether this is nobody.</summary>
    public bool IsDefault => (_a | _b | _c | _d) == 0;

    /// <summary>The fingerprint of the certificate's public key.</summary>
    public static Fingerprint Of(X509Certificate2 certificate)
    {
        Span<byte> digest = stackalloc byte[Size];
        SHA256.HashData(certificate.PublicKey.ExportSubjectPublicKeyInfo(), digest);
        return new Fingerprint(digest);
    }

    /// <summary>
    /// Reads the text form. Also taken: without the prefix, base64 with <c>+</c>, <c>/</c> and padding, and 64 hex digits with or without colons,
    /// because that is what other tools print.
    /// </summary>
    public static bool TryParse(string? text, out Fingerprint fingerprint)
    {
        fingerprint = default;
        ReadOnlySpan<char> rest = text.AsSpan().Trim();
        if (rest.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
        {
            rest = rest[Prefix.Length..];
        }

        Span<byte> digest = stackalloc byte[Size];
        if (!TryReadHex(rest, digest) && !TryReadBase64(rest, digest))
        {
            return false;
        }

        fingerprint = new Fingerprint(digest);
        return !fingerprint.IsDefault;
    }

    /// <summary>Writes the <see cref="Size"/> bytes.</summary>
    public void CopyTo(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt64BigEndian(destination, _a);
        BinaryPrimitives.WriteUInt64BigEndian(destination[8..], _b);
        BinaryPrimitives.WriteUInt64BigEndian(destination[16..], _c);
        BinaryPrimitives.WriteUInt64BigEndian(destination[24..], _d);
    }

    /// <summary>The text form: 50 characters.</summary>
    public override string ToString()
    {
        Span<byte> digest = stackalloc byte[Size];
        CopyTo(digest);
        return Prefix + Base64Url.EncodeToString(digest);
    }

    private static bool TryReadHex(ReadOnlySpan<char> text, Span<byte> digest)
    {
        // With a colon between all bytes there are Size - 1 colons; anything else is not a fingerprint.
        Span<char> digits = stackalloc char[HexLength];
        bool colons = text.Length == HexLength + Size - 1;
        if (!colons && text.Length != HexLength)
        {
            return false;
        }

        int length = 0;
        for (int i = 0; i < text.Length; i++)
        {
            if (colons && i % 3 == 2)
            {
                if (text[i] != ':')
                {
                    return false;
                }

                continue;
            }

            digits[length++] = text[i];
        }

        return Convert.FromHexString(digits, digest, out _, out int written) == System.Buffers.OperationStatus.Done && written == Size;
    }

    private static bool TryReadBase64(ReadOnlySpan<char> text, Span<byte> digest)
    {
        if (text.EndsWith("="))
        {
            text = text[..^1];
        }

        if (text.Length != Base64Length)
        {
            return false;
        }

        Span<byte> ascii = stackalloc byte[Base64Length];
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i] switch { '+' => '-', '/' => '_', var other => other };
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_'))
            {
                return false;
            }

            ascii[i] = (byte)c;
        }

        // The last character carries two bits that say nothing; other than zero they would be a second spelling of the same key.
        return Base64Url.DecodeFromUtf8(ascii, digest, out _, out int written) == System.Buffers.OperationStatus.Done
            && written == Size
            && Encoding.ASCII.GetString(ascii) == Base64Url.EncodeToString(digest);
    }
}
