using System.Buffers;

namespace Railgun.Listener.Clients.Http2;

/// <summary>
/// Looks at the headers of the frames that a client sends (RFC 9113 section 4.1) and counts those that serve no request, or not yet: each makes Kestrel work, and it sets no bound to them
/// (CVE-2019-9512, -9515, -9517, -9518 and their like). Payloads are passed over, but for the length of the padding. Step 1 of a request's life. Not thread-safe.
/// <code>
///  length(3)  type(1)  flags(1)  stream(4)  [padding(1)]  payload
/// </code>
/// </summary>
/// <param name="account">Where they are counted.</param>
internal sealed class FrameWatch(ConnectionAccount account)
{
    private const int HeaderSize = 9;
    private const int PrefaceSize = 24;

    // DATA flags (RFC 9113 section 6.1).
    private const byte EndStream = 1;
    private const byte Padded = 8;

    private readonly byte[] _header = new byte[HeaderSize + 1];
    private int _passOver = PrefaceSize;
    private int _have;
    private int _wanted = HeaderSize;

    private int Length => (_header[0] << 16) | (_header[1] << 8) | _header[2];

    private bool MayBePaddingOnly => _header[3] == 0 && (_header[4] & (Padded | EndStream)) == Padded && Length > 0;

    /// <summary>Takes the next bytes, split anywhere. False if there were too many such frames.</summary>
    public bool TryTake(in ReadOnlySequence<byte> bytes)
    {
        foreach (ReadOnlyMemory<byte> segment in bytes)
        {
            if (!TryTake(segment.Span))
            {
                return false;
            }
        }

        return true;
    }

    private bool TryTake(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            int count = Math.Min(bytes.Length, _passOver > 0 ? _passOver : _wanted - _have);
            if (_passOver > 0)
            {
                _passOver -= count;
            }
            else
            {
                bytes[..count].CopyTo(_header.AsSpan(_have));
                _have += count;
                if (_have == HeaderSize && MayBePaddingOnly)
                {
                    _wanted = HeaderSize + 1;
                }
                else if (_have == _wanted && !TryTakeFrame())
                {
                    return false;
                }
            }

            bytes = bytes[count..];
        }

        return true;
    }

    private bool TryTakeFrame()
    {
        const byte Data = 0, WindowUpdate = 8;
        int length = Length;
        _passOver = length - (_have - HeaderSize);
        bool isPadding = _have > HeaderSize && _header[HeaderSize] + 1 >= length;
        (_have, _wanted) = (0, HeaderSize);
        return _header[3] switch
        {
            Data => ((length > 0 || (_header[4] & EndStream) != 0) && !isPadding) || account.TryTake(ConnectionAccount.Frame),
            WindowUpdate => account.TryTakeUpdate(),
            _ => account.TryTake(ConnectionAccount.Frame), // HEADERS until its answer; RST_STREAM, PRIORITY, SETTINGS, PING, GOAWAY, CONTINUATION, and what nobody knows
        };
    }
}
