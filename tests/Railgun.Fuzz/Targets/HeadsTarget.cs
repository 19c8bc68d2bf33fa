using Railgun.Protocol.Frames;
using Railgun.Protocol.Heads;

namespace Railgun.Fuzz.Targets;

/// <summary>Head blocks, one behind the other on one lane: each has its kind and its length before it.</summary>
internal sealed class HeadsTarget : IFuzzTarget
{
    private const int TableBytes = 4 * 1024;

    /// <inheritdoc/>
    public string Name => "heads";

    /// <inheritdoc/>
    public int MaxInput => 4 * 1024;

    /// <inheritdoc/>
    public long MaxAllocated => 16 << 20;

    /// <inheritdoc/>
    public IEnumerable<byte[]> Seeds()
    {
        var encoder = new HeadEncoder(TableBytes);
        var input = new List<byte>();
        for (int i = 0; i < 4; i++)
        {
            Add(input, 0, block => encoder.Encode(block, Conversation.Request($"/news/{i}?page={i}", ("Accept", "text/html"), ("Cookie", "session=0123456789abcdef"))));
            yield return [.. input];
        }

        input.Clear();
        encoder = new HeadEncoder(TableBytes);
        for (int i = 0; i < 4; i++)
        {
            Add(input, 1, block => encoder.Encode(block, Conversation.Response(200, ("Date", $"Sun, 06 Nov 1994 08:49:3{i} GMT"), ("ETag", "\"5f3c-8\"")), HeadKind.Response));
            Add(input, 2, block => encoder.Encode(block, Conversation.Response(103, ("Link", "</a.css>; rel=preload")), HeadKind.Informational));
            Add(input, 3, block => encoder.Encode(block, Conversation.Response(200, ("X-Sum", "12")).Fields));
            yield return [.. input];
        }
    }

    /// <inheritdoc/>
    public void Run(byte[] input)
    {
        var decoder = new HeadDecoder(TableBytes);
        ReadOnlySpan<byte> rest = input;
        while (rest.Length > 2)
        {
            int length = Math.Min(rest.Length - 2, rest[1] | ((rest[0] & 0x0F) << 8));
            HeadStatus status = Decode(decoder, rest[0] >> 4 & 3, rest.Slice(2, length));
            rest = rest[(2 + length)..];
            if (decoder.Table.Bytes > TableBytes)
            {
                throw new FuzzFailureException($"the table has {decoder.Table.Bytes} bytes");
            }

            if (status != HeadStatus.Done)
            {
                return;
            }
        }
    }

    private static HeadStatus Decode(HeadDecoder decoder, int kind, ReadOnlySpan<byte> block) => kind switch
    {
        0 => decoder.Decode(block, out RequestHead? _),
        1 => decoder.Decode(block, HeadKind.Response, out _),
        2 => decoder.Decode(block, HeadKind.Informational, out _),
        _ => decoder.Decode(block, out FieldList _),
    };

    private static void Add(List<byte> input, int kind, Action<FrameBuffer> write)
    {
        using var block = new FrameBuffer(256);
        write(block);
        input.Add((byte)((kind << 4) | (block.Length >> 8)));
        input.Add((byte)block.Length);
        input.AddRange(block.WrittenSpan);
    }
}
