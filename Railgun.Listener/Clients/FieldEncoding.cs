using System.Text;
using Microsoft.Net.Http.Headers;

namespace Railgun.Listener.Clients;

/// <summary>
/// How the bytes of field values become text: Latin-1 maps each to one char and back. <c>Content-Length</c> is digits and nothing else (RFC 9110 section 8.6):
/// Kestrel would take a sign, or a vertical tab behind it. Step 1 of a request's life.
/// </summary>
internal static class FieldEncoding
{
    private static readonly Encoding Digits = new DigitsEncoding();

    /// <summary>The encoding of a request's field.</summary>
    public static Encoding OfRequest(string name) =>
        name.Equals(HeaderNames.ContentLength, StringComparison.OrdinalIgnoreCase) ? Digits
        : name.Equals(OwnLength.Name, StringComparison.OrdinalIgnoreCase) ? OwnLength.Encoding
        : Encoding.Latin1;

    /// <summary>Digits are digits; any other byte becomes a char that no number holds.</summary>
    private sealed class DigitsEncoding : Encoding
    {
        private const char NoDigit = '?';

        public override int GetByteCount(char[] chars, int index, int count) => count;

        public override int GetBytes(char[] chars, int charIndex, int charCount, byte[] bytes, int byteIndex) => Latin1.GetBytes(chars, charIndex, charCount, bytes, byteIndex);

        public override int GetCharCount(byte[] bytes, int index, int count) => count;

        public override int GetChars(byte[] bytes, int byteIndex, int byteCount, char[] chars, int charIndex)
        {
            for (int i = 0; i < byteCount; i++)
            {
                byte b = bytes[byteIndex + i];
                chars[charIndex + i] = b is >= (byte)'0' and <= (byte)'9' ? (char)b : NoDigit;
            }

            return byteCount;
        }

        public override int GetMaxByteCount(int charCount) => charCount;

        public override int GetMaxCharCount(int byteCount) => byteCount;
    }
}
