using Railgun.Protocol.Engine;

namespace Railgun.Sender.Origin.Http1;

/// <summary>
/// Looks for the empty line that ends a head or a trailer section (RFC 9112 section 2.1), over as many reads as it takes, each byte once. Lines end in CR LF and
/// nothing else: what another parser could take for a line end, a lone CR or LF, is refused at once, and so is NUL.
/// </summary>
internal struct HeadScanner
{
    private int _scanned;
    private int _lineStart;
    private int _lines;

    /// <summary>Why the bytes were refused.</summary>
    public string? Problem { get; private set; }

    /// <summary>Whether it was a limit that they broke.</summary>
    public bool IsTooLarge { get; private set; }

    /// <summary>Looks at what came.</summary>
    /// <param name="bytes">All bytes of the head so far, from its first one.</param>
    /// <param name="length">After <see cref="HeadScan.Done"/>: the head's length with its empty line.</param>
    public HeadScan Scan(ReadOnlySpan<byte> bytes, out int length)
    {
        length = 0;
        while (true)
        {
            int found = bytes[_scanned..].IndexOfAny((byte)'\r', (byte)'\n', (byte)0);
            int at = found < 0 ? bytes.Length : _scanned + found;
            if (at > Limits.MaxHead)
            {
                return RefuseSize($"is longer than {Limits.MaxHead} bytes");
            }

            _scanned = at;
            if (at == bytes.Length || (bytes[at] == '\r' && at + 1 == bytes.Length))
            {
                return HeadScan.More;
            }

            if (bytes[at] != '\r' || bytes[at + 1] != '\n')
            {
                return Refuse(bytes[at] switch { (byte)'\r' => "has a lone CR", (byte)'\n' => "has a lone LF", _ => "has a NUL" });
            }

            _scanned = at + 2;
            if (at == _lineStart)
            {
                length = _scanned;
                return HeadScan.Done;
            }

            _lineStart = _scanned;
            if (++_lines > Limits.MaxHeadFields + 1)
            {
                return RefuseSize($"has more than {Limits.MaxHeadFields} fields");
            }
        }
    }

    private HeadScan RefuseSize(string problem)
    {
        IsTooLarge = true;
        return Refuse(problem);
    }

    private HeadScan Refuse(string problem)
    {
        Problem = problem;
        return HeadScan.Refused;
    }
}
