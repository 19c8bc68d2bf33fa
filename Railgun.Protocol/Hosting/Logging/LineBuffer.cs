using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Railgun.Protocol.Versions;

namespace Railgun.Hosting.Logging;

/// <summary>
/// A line being made, in UTF-8. Text from outside passes through <see cref="Escaped"/>, so that no line has control characters but those of its maker: whoever
/// chooses a path or a header can neither start a line of the log nor move a terminal's cursor. One a thread, used again.
/// </summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1001", Justification = "The JSON writer holds nothing but this line's bytes.")]
internal sealed class LineBuffer
{
    /// <summary>Characters of a version's name in a log.</summary>
    public const int NameLength = 12;

    // A line that grew beyond this (a long stack) is not worth keeping the memory for.
    private const int KeptCapacity = 16 * 1024;

    [ThreadStatic]
    private static LineBuffer? t_free;

    private readonly ArrayBufferWriter<byte> _bytes = new(512);
    private readonly Utf8JsonWriter _json;

    private LineBuffer() => _json = new Utf8JsonWriter(_bytes, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });

    /// <summary>The bytes so far.</summary>
    public ReadOnlySpan<byte> Written => _bytes.WrittenSpan;

    /// <summary>An empty one.</summary>
    public static LineBuffer Rent()
    {
        LineBuffer line = t_free ?? new LineBuffer();
        t_free = null;
        line._bytes.ResetWrittenCount();
        return line;
    }

    /// <summary>Gives it back to its thread.</summary>
    public void Return()
    {
        if (_bytes.Capacity <= KeptCapacity)
        {
            t_free = this;
        }
    }

    /// <summary>A JSON writer on this line; flush it before reading <see cref="Written"/>.</summary>
    public Utf8JsonWriter Json()
    {
        _json.Reset(_bytes);
        return _json;
    }

    /// <summary>Adds text of our own.</summary>
    public LineBuffer Raw(ReadOnlySpan<char> text)
    {
        Span<byte> room = _bytes.GetSpan(Encoding.UTF8.GetMaxByteCount(text.Length));
        _bytes.Advance(Encoding.UTF8.GetBytes(text, room));
        return this;
    }

    /// <summary>Adds a number, a time or the like.</summary>
    public LineBuffer Value<T>(T value, ReadOnlySpan<char> format = default)
        where T : IUtf8SpanFormattable
    {
        const int Room = 64;
        value.TryFormat(_bytes.GetSpan(Room), out int written, format, CultureInfo.InvariantCulture);
        _bytes.Advance(written);
        return this;
    }

    /// <summary>Adds a version's name as <see cref="VersionName.ToString"/> writes it.</summary>
    public LineBuffer Name(VersionName name)
    {
        Span<char> text = stackalloc char[NameLength];
        WriteName(name, text);
        return Raw(text);
    }

    /// <summary>Writes a version's name in <see cref="NameLength"/> characters, as <see cref="VersionName.ToString"/> does, without making a string.</summary>
    public static void WriteName(VersionName name, Span<char> text)
    {
        Span<byte> bytes = stackalloc byte[VersionName.Size];
        name.CopyTo(bytes);
        Convert.TryToHexStringLower(bytes[..(NameLength / 2)], text, out _);
    }

    /// <summary>Adds text from outside: control, formatting and line-separating characters become <c>\uXXXX</c>.</summary>
    public LineBuffer Escaped(ReadOnlySpan<char> text)
    {
        while (text.Length > 0)
        {
            int clean = 0;
            while (clean < text.Length && !MustEscape(text[clean]))
            {
                clean++;
            }

            Raw(text[..clean]);
            if (clean < text.Length)
            {
                Raw("\\u").Value((ushort)text[clean++], "x4");
            }

            text = text[clean..];
        }

        return this;
    }

    private static bool MustEscape(char c)
    {
        if (c is >= ' ' and < (char)0x7F)
        {
            return false;
        }

        // Format holds the characters that turn the direction of text around.
        return char.GetUnicodeCategory(c) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
    }
}
