namespace Railgun.Sender.Origin.Http1;

/// <summary>
/// The frame of a chunked body (RFC 9112 section 7.1), byte by byte, so that it may be cut anywhere:
/// <code>
///   size in hex [; extension] CR LF  data CR LF   …   0 CR LF  trailers CR LF
/// </code>
/// Extensions are read over, within a limit. Everything else that is not in the grammar is refused.
/// </summary>
internal struct ChunkedReader
{
    /// <summary>The longest size, in hex digits: what fits a positive 64-bit number.</summary>
    public const int MaxDigits = 15;

    /// <summary>The most bytes of extensions in one chunk.</summary>
    public const int MaxExtension = 256;

    private State _state;
    private int _count;

    private enum State : byte
    {
        Size,
        Extension,
        SizeEnd,
        Data,
        DataCr,
        DataLf,
        Trailers,
    }

    /// <summary>Data bytes of the chunk that are still to come.</summary>
    public long Remaining { get; private set; }

    /// <summary>Why it was refused.</summary>
    public string? Problem { get; private set; }

    /// <summary>Reads the frame up to the next data, the trailers, or the end of what came.</summary>
    public ChunkStep Read(ReadOnlySpan<byte> bytes, out int consumed)
    {
        consumed = 0;
        while (true)
        {
            if (_state == State.Data)
            {
                return ChunkStep.Data;
            }

            if (_state == State.Trailers)
            {
                return ChunkStep.Trailers;
            }

            if (consumed == bytes.Length)
            {
                return ChunkStep.More;
            }

            Problem = Take(bytes[consumed++]);
            if (Problem is not null)
            {
                return ChunkStep.Refused;
            }
        }
    }

    /// <summary>So many bytes of data were taken.</summary>
    public void Took(int bytes)
    {
        Remaining -= bytes;
        if (Remaining == 0)
        {
            _state = State.DataCr;
        }
    }

    private string? Take(byte next)
    {
        switch (_state)
        {
            case State.Size:
                return TakeSize(next);
            case State.Extension:
                return TakeExtension(next);
            case State.SizeEnd:
                _count = 0;
                _state = Remaining == 0 ? State.Trailers : State.Data;
                return next == '\n' ? null : "a lone CR ends a chunk's size";
            case State.DataCr:
                _state = State.DataLf;
                return next == '\r' ? null : "a chunk is longer than its size";
            default:
                _state = State.Size;
                return next == '\n' ? null : "a chunk is longer than its size";
        }
    }

    private string? TakeSize(byte next)
    {
        int digit = HexDigit(next);
        if (digit >= 0)
        {
            Remaining = (Remaining << 4) | (uint)digit;
            return ++_count <= MaxDigits ? null : "a chunk's size is too long";
        }

        if (_count == 0)
        {
            return "a chunk's size is no number";
        }

        _count = 0;
        _state = next == '\r' ? State.SizeEnd : State.Extension;
        return next is (byte)'\r' or (byte)';' ? null : "a chunk's size is no number";
    }

    private string? TakeExtension(byte next)
    {
        if (next == '\r')
        {
            _state = State.SizeEnd;
            return null;
        }

        return (next < 0x20 && next != '\t') || next == 0x7F ? "a chunk's extension has a control character"
            : ++_count > MaxExtension ? "a chunk's extension is too long"
            : null;
    }

    private static int HexDigit(byte digit) => digit switch
    {
        >= (byte)'0' and <= (byte)'9' => digit - '0',
        >= (byte)'a' and <= (byte)'f' => digit - 'a' + 10,
        >= (byte)'A' and <= (byte)'F' => digit - 'A' + 10,
        _ => -1,
    };
}
