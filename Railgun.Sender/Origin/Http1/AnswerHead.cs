using Railgun.Protocol.Heads;

namespace Railgun.Sender.Origin.Http1;

/// <summary>A head as it came from the origin, with the fields of the connection.</summary>
/// <param name="Status">The status code, 100 to 999.</param>
/// <param name="IsOld">Whether it is HTTP/1.0: the connection ends with the body.</param>
/// <param name="Fields">All field lines.</param>
internal readonly record struct AnswerHead(int Status, bool IsOld, FieldList Fields)
{
    /// <summary>Reads a head that <see cref="HeadScanner"/> found to be complete.</summary>
    /// <param name="bytes">Status line to empty line.</param>
    /// <param name="head">The head.</param>
    /// <returns>Null, or what is wrong.</returns>
    public static string? TryRead(ReadOnlySpan<byte> bytes, out AnswerHead head)
    {
        head = default;
        int end = bytes.IndexOf((byte)'\r');
        ReadOnlySpan<byte> line = bytes[..end];
        if (!TryReadStatus(line, out int status))
        {
            return "has no status line of HTTP/1.1";
        }

        FieldList fields = new();
        head = new AnswerHead(status, line[7] == '0', fields);
        return FieldLines.Read(bytes[(end + 2)..^2], fields);
    }

    // RFC 9112 section 4. The reason may be missing with its space, as many servers have it; nobody reads it.
    private static bool TryReadStatus(ReadOnlySpan<byte> line, out int status)
    {
        status = 0;
        if (line.Length < 12 || !line.StartsWith("HTTP/1."u8) || line[7] is not ((byte)'0' or (byte)'1') || line[8] != ' ' || (line.Length > 12 && line[12] != ' '))
        {
            return false;
        }

        foreach (byte digit in line[9..12])
        {
            if (!char.IsAsciiDigit((char)digit))
            {
                return false;
            }

            status = (status * 10) + (digit - '0');
        }

        return status >= 100;
    }
}
