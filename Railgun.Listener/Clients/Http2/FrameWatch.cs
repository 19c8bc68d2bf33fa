using System.Buffers;

namespace Railgun.Listener.Clients.Http2;

/// <summary>
/// Looks at the headers of the frames that a client sends (RFC 9113 section 4.1) and counts those that serve no request: each makes Kestrel work, and it sets no bound to them
/// (CVE-2019-9512, -9515, -9518 and their like). Payloads are passed over. Step 1 of a request's life. Not thread-safe.
/// <code>
///  length(3)  type(1)  flags(1)  stream(4)  payload(length)
/// </code>
/// </summary>
/// <param name="account">Where they are counted.</param>
internal sealed class FrameWatch(ConnectionAccount account)
{
    private const int HeaderSize = 9;
    private const int PrefaceSize = 24;
    private const byte EndStream = 1;

    private readonly byte[] _header = new byte[HeaderSize];
    private int _passOver = PrefaceSize;
    private int _have;

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
            int count = Math.Min(bytes.Length, _passOver > 0 ? _passOver : HeaderSize - _have);
            if (_passOver > 0)
            {
                _passOver -= count;
            }
            else
            {
                bytes[..count].CopyTo(_header.AsSpan(_have));
                _have += count;
                if (_have == HeaderSize && !TryTakeFrame())
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
        _have = 0;
        _passOver = (_header[0] << 16) | (_header[1] << 8) | _header[2];
        return !IsIdle(_header[3], _header[4], _passOver) || account.TryTake(ConnectionAccount.IdleFrame);
    }

    // WINDOW_UPDATE is not among them: how many a download needs is the client's to say. RST_STREAM is counted where it takes a request back.
    private static bool IsIdle(byte type, byte flags, int length)
    {
        const byte Data = 0, Headers = 1, RstStream = 3, WindowUpdate = 8;
        return type switch
        {
            Data => length == 0 && (flags & EndStream) == 0,
            Headers or RstStream or WindowUpdate => false,
            _ => true, // PRIORITY, SETTINGS, PING, GOAWAY, CONTINUATION, and what nobody knows
        };
    }
}
