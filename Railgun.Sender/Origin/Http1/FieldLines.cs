using System.Buffers;
using Railgun.Protocol.Heads;

namespace Railgun.Sender.Origin.Http1;

/// <summary>Reads field lines (RFC 9112 section 5) without mercy: what two parsers could read differently is refused.</summary>
internal static class FieldLines
{
    // RFC 9110 section 5.5: visible, space, tab and bytes beyond ASCII. Other control characters have no business in a field, and some parsers end a line there.
    private static readonly SearchValues<byte> ValueBytes = SearchValues.Create(
        [(byte)'\t', .. Enumerable.Range(0x20, 0x5F).Select(b => (byte)b), .. Enumerable.Range(0x80, 0x80).Select(b => (byte)b)]);

    /// <summary>Reads all lines.</summary>
    /// <param name="lines">Whole lines, each with its CR LF, without the empty one.</param>
    /// <param name="fields">Where they go, in order and with their names' case.</param>
    /// <returns>Null, or what is wrong.</returns>
    public static string? Read(ReadOnlySpan<byte> lines, FieldList fields)
    {
        while (!lines.IsEmpty)
        {
            int end = lines.IndexOf((byte)'\r');
            if (ReadLine(lines[..end], fields) is { } problem)
            {
                return problem;
            }

            lines = lines[(end + 2)..];
        }

        return null;
    }

    private static string? ReadLine(ReadOnlySpan<byte> line, FieldList fields)
    {
        if (line[0] is (byte)' ' or (byte)'\t')
        {
            return "has a folded line";
        }

        int colon = line.IndexOf((byte)':');
        if (colon < 0)
        {
            return "has a line without a colon";
        }

        ReadOnlySpan<byte> name = line[..colon];
        if (!FieldText.IsName(name))
        {
            return name.EndsWith(" "u8) || name.EndsWith("\t"u8) ? "has a space before a colon" : "has a field name that is no token";
        }

        ReadOnlySpan<byte> value = line[(colon + 1)..].Trim(" \t"u8);
        string text = FieldNames.Of(name);
        if (value.ContainsAnyExcept(ValueBytes))
        {
            return $"has a control character in {text}";
        }

        fields.Add(text, value.IsEmpty ? "" : FieldText.Make(value));
        return null;
    }
}
