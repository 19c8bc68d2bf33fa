using System.Text;
using Microsoft.Extensions.Primitives;

namespace Railgun.Listener.Clients;

/// <summary>
/// The field <c>X-Content-Length</c>. Kestrel gives this name to a <c>Content-Length</c> that it finds beside <c>Transfer-Encoding</c>, which must be refused; but a site may have such a field of its own.
/// So what a client wrote is marked while it is read, and Kestrel's own has no mark. Step 1 of a request's life.
/// </summary>
internal static class OwnLength
{
    /// <summary>The field's name.</summary>
    public const string Name = "X-Content-Length";

    // For private use (Unicode 23.5): no byte becomes it.
    private const char Mark = '\uE000';

    /// <summary>How a client's own is read.</summary>
    public static Encoding Encoding { get; } = new MarkingEncoding();

    /// <summary>Whether one of these values is Kestrel's.</summary>
    public static bool IsAmong(StringValues values)
    {
        foreach (string? value in values)
        {
            if (value is null || !value.StartsWith(Mark))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The value as the client wrote it.</summary>
    public static string Plain(string value) => value.StartsWith(Mark) ? value[1..] : value;

    /// <summary>Takes the marks off a request's field, if it is there.</summary>
    public static void Unmark(IHeaderDictionary request)
    {
        if (request.TryGetValue(Name, out StringValues values))
        {
            request[Name] = new StringValues(Array.ConvertAll(values.ToArray(), static value => Plain(value ?? "")));
        }
    }

    private sealed class MarkingEncoding : Encoding
    {
        public override int GetByteCount(char[] chars, int index, int count) => count;

        public override int GetBytes(char[] chars, int charIndex, int charCount, byte[] bytes, int byteIndex) => Latin1.GetBytes(chars, charIndex, charCount, bytes, byteIndex);

        public override int GetCharCount(byte[] bytes, int index, int count) => count + 1;

        public override int GetChars(byte[] bytes, int byteIndex, int byteCount, char[] chars, int charIndex)
        {
            chars[charIndex] = Mark;
            return 1 + Latin1.GetChars(bytes, byteIndex, byteCount, chars, charIndex + 1);
        }

        public override int GetMaxByteCount(int charCount) => charCount;

        public override int GetMaxCharCount(int byteCount) => byteCount + 1;
    }
}
