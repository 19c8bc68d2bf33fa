using System.Buffers.Binary;
using System.Text;

namespace Railgun.TestKit;

/// <summary>Frames of HTTP/2 (RFC 9113 section 4.1) written by hand, with fields that no library would write.</summary>
public sealed class H2Frames
{
    /// <summary>Types of frames (RFC 9113 section 6).</summary>
    public const byte Data = 0, Headers = 1, RstStream = 3, Settings = 4, Ping = 6, GoAway = 7, WindowUpdate = 8, Continuation = 9;

    /// <summary>Flags.</summary>
    public const byte EndStream = 1, EndHeaders = 4;

    private readonly MemoryStream _bytes = new();

    /// <summary>What a client says first: the preface and settings as they are.</summary>
    public static byte[] Preface => [.. "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8, 0, 0, 0, Settings, 0, 0, 0, 0, 0];

    /// <summary>All frames so far.</summary>
    public byte[] ToArray() => _bytes.ToArray();

    /// <summary>Adds a frame.</summary>
    public H2Frames Add(byte type, byte flags, int stream, ReadOnlySpan<byte> payload)
    {
        Span<byte> header = stackalloc byte[9];
        BinaryPrimitives.WriteInt32BigEndian(header, payload.Length << 8);
        header[3] = type;
        header[4] = flags;
        BinaryPrimitives.WriteInt32BigEndian(header[5..], stream);
        _bytes.Write(header);
        _bytes.Write(payload);
        return this;
    }

    /// <summary>Adds a HEADERS frame with these fields in this order.</summary>
    public H2Frames AddHead(int stream, bool last, params ReadOnlySpan<(string Name, string Value)> fields) =>
        Add(Headers, (byte)(EndHeaders | (last ? EndStream : 0)), stream, Block(fields));

    /// <summary>Adds a DATA frame.</summary>
    public H2Frames AddData(int stream, bool last, string data) => Add(Data, last ? EndStream : (byte)0, stream, Encoding.Latin1.GetBytes(data));

    /// <summary>A field block: each field a literal without indexing or Huffman coding (RFC 7541 section 6.2.2).</summary>
    public static byte[] Block(params ReadOnlySpan<(string Name, string Value)> fields)
    {
        var block = new MemoryStream();
        foreach ((string name, string value) in fields)
        {
            block.WriteByte(0);
            WriteText(block, name);
            WriteText(block, value);
        }

        return block.ToArray();
    }

    private static void WriteText(MemoryStream block, string text)
    {
        const int InPrefix = 0x7F;
        int rest = text.Length - InPrefix;
        block.WriteByte((byte)Math.Min(text.Length, InPrefix));
        for (; rest >= 0; rest = rest >= 128 ? rest / 128 : -1)
        {
            block.WriteByte((byte)((rest % 128) | (rest >= 128 ? 128 : 0)));
        }

        block.Write(Encoding.Latin1.GetBytes(text));
    }
}
