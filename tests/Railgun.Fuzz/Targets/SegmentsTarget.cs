using K4os.Compression.LZ4;
using Railgun.Listener.Rebuilding;
using Railgun.Protocol.Engine;
using Railgun.Protocol.Transport;
using ZstdSharp;

namespace Railgun.Fuzz.Targets;

/// <summary>
/// A segment that a sender coded with LZ4 or zstd: the first byte says which, the second in what frames it comes, the next three how long a target it is said to stand for. However it is cut it is the
/// same target or none; and where there is less room than a segment gets, nothing is written beside it.
/// </summary>
internal sealed class SegmentsTarget : IFuzzTarget
{
    private const int Head = 5;
    private const int Guard = 64;
    private const byte Untouched = 0xA5;

    private readonly byte[] _output = new byte[Limits.MaxSegmentTarget + Guard];
    private readonly Lz4SegmentDecoder _lz4 = new();
    private readonly ZstdSegmentDecoder _zstd = new();

    /// <inheritdoc/>
    public string Name => "segments";

    /// <inheritdoc/>
    public int MaxInput => 4 * 1024;

    /// <inheritdoc/>
    public long MaxAllocated => 16 << 20;

    /// <inheritdoc/>
    public IEnumerable<byte[]> Seeds()
    {
        byte[] page = [.. Enumerable.Range(0, 20_000).Select(static i => (byte)"<li>one of many</li>"[i * i % 19])];
        using var zstd = new Compressor(5);
        for (byte cut = 0; cut < 4; cut++)
        {
            foreach (byte[] body in (byte[][])[page, page[..60], [], new byte[Limits.MaxSegmentTarget], new byte[Limits.MaxSegmentTarget + 1]])
            {
                byte[] length = [(byte)(cut * 9), (byte)body.Length, (byte)(body.Length >> 8), (byte)(body.Length >> 16)];
                byte[] lz4 = new byte[LZ4Codec.MaximumOutputSize(body.Length)];
                yield return [0, .. length, .. lz4[..LZ4Codec.Encode(body, lz4)]];
                yield return [1, .. length, .. zstd.Wrap(body)];
            }
        }
    }

    /// <inheritdoc/>
    public void Run(byte[] input)
    {
        if (input.Length < Head)
        {
            return;
        }

        byte[]? whole = Assemble(input, 0);
        byte[]? cut = Assemble(input, input[1]);
        FuzzFailureException.ThrowUnless(whole is null == cut is null && (whole is null || whole.AsSpan().SequenceEqual(cut)), "cut otherwise it is another target");
        FuzzFailureException.ThrowUnless(whole is null || whole.Length == Length(input), "it is not as long as it is said to be");
        CheckRoom(input, 1 + (Length(input) % Limits.MaxSegmentTarget));
    }

    // A length beyond the limit can be told too.
    private static int Length(byte[] input) => input[2] | (input[3] << 8) | ((input[4] & 3) << 16);

    private byte[]? Assemble(byte[] input, byte cut)
    {
        using var frames = new CutInput(input[Head..], cut);
        using var assembler = new SegmentAssembler(Decoder(input[0]));
        byte[] frame = new byte[input.Length];
        bool ends;
        do
        {
            int length = frames.Read(frame, 0, frame.Length);
            ends = frames.Taken == input.Length - Head;
            Payload data = Payload.Copy(frame.AsSpan(0, length));
            bool isRight = assembler.TryTake(new ResponseEvent { Kind = ResponseEventKind.Data, Data = data, EndsSegment = ends, SegmentLength = ends ? Length(input) : 0 });
            data.Dispose();
            if (!isRight)
            {
                return null;
            }
        }
        while (!ends);

        return assembler.Target.ToArray();
    }

    private void CheckRoom(byte[] input, int room)
    {
        _output.AsSpan(room, Guard).Fill(Untouched);
        Decoder(input[0]).TryDecode(input.AsSpan(Head), endsSegment: true, _output.AsSpan(0, room), out _);
        FuzzFailureException.ThrowUnless(!_output.AsSpan(room, Guard).ContainsAnyExcept(Untouched), "bytes were written beside the room");
    }

    private ISegmentDecoder Decoder(byte which)
    {
        _lz4.Reset();
        _zstd.Start();
        return (which & 1) == 0 ? _lz4 : _zstd;
    }
}
