using Railgun.Protocol.Deltas;
using Railgun.TestKit;

namespace Railgun.Fuzz.Targets;

/// <summary>
/// Bodies as an origin may send them, coded at both levels: the encoder keeps to its room, and what it says decodes to the body. The first byte says the level and the bases, the rest is
/// a <see cref="Recipe"/>.
/// </summary>
internal sealed class EncoderTarget : IFuzzTarget, IDisposable
{
    private readonly byte[] _first;
    private readonly byte[] _second;
    private readonly BaseIndex _firstIndex;
    private readonly BaseIndex _secondIndex;
    private readonly Recipe _recipe;
    private readonly GuardedWriter _coded = new();
    private readonly byte[] _decoded = new byte[Recipe.MaxBody];
    private readonly DeltaEncoder _encoder = new();
    private readonly DeltaDecoder _decoder = new();

    /// <summary>Makes the bases.</summary>
    public EncoderTarget()
    {
        var pages = new PageMaker(11);
        _first = pages.First(12);
        _second = pages.Next(3);
        _firstIndex = BaseIndex.Build(_first);
        _secondIndex = BaseIndex.Build(_second);
        _recipe = new Recipe(_first, _second);
    }

    /// <inheritdoc/>
    public string Name => "encoder";

    /// <inheritdoc/>
    public int MaxInput => 2 * 1024;

    /// <inheritdoc/>
    public long MaxAllocated => 16 << 20;

    /// <inheritdoc/>
    public IEnumerable<byte[]> Seeds()
    {
        byte[] page = [2, 0, 0, 255, 0, 0, 0, 5, 1, 2, 3, 4, 5, 2, 0x80, 0x10, 200];
        byte[] moved = [3, 0, 8, 255, 2, 0, 1, 255, 4, 0x10, 0, 99, 6, 0, 0, 0, 2, 0, 2, 40];
        byte[] noisy = [2, 0, 0, 100, 1, 0x70, 0x1E, 7, 2, 0, 9, 30];
        byte[] full = [1, 0, 0xFF, 1, 1, 0xF0, 0xFF, 2, 5, 0, 0x40, 65, 2, 0, 0, 255];
        foreach (byte how in (byte[])[0, 1, 2, 3, 4, 5])
        {
            foreach (byte[] steps in (byte[][])[page, moved, noisy, full])
            {
                yield return [how, .. steps];
            }
        }

        // Where the dense level has done as much as it may and the fast one goes on with little room: at 8,000 bytes that nothing foretells.
        for (int length = 8_000; length < 8_400; length += 32)
        {
            yield return [3, 1, (byte)length, (byte)(length >> 8), 1];
        }
    }

    /// <inheritdoc/>
    public void Run(byte[] input)
    {
        if (input.Length == 0)
        {
            return;
        }

        var level = (DeltaLevel)(input[0] & 1);
        DeltaBase first = (input[0] & 2) == 0 ? new DeltaBase(_first, _firstIndex) : default;
        DeltaBase second = (input[0] & 4) == 0 ? default : new DeltaBase(_second, _secondIndex);
        _recipe.Make(input.AsSpan(1));
        Encode(level, first, second);
        Decode(level, first, second);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _encoder.Dispose();
        _decoder.Dispose();
        _firstIndex.Dispose();
        _secondIndex.Dispose();
    }

    private void Encode(DeltaLevel level, in DeltaBase first, in DeltaBase second)
    {
        _coded.Clear();
        _encoder.Start(level, first, second);
        int at = 0;
        for (int cut = 0; ; cut++)
        {
            int end = Math.Min(cut < _recipe.Cuts.Count ? _recipe.Cuts[cut] : _recipe.Body.Length, _recipe.Body.Length);
            for (; end - at > DeltaLimits.MaxSegmentTarget; at += DeltaLimits.MaxSegmentTarget)
            {
                EncodePiece(_recipe.Body.Slice(at, DeltaLimits.MaxSegmentTarget), last: false);
            }

            bool last = cut >= _recipe.Cuts.Count;
            EncodePiece(_recipe.Body[at..end], last);
            at = end;
            if (last)
            {
                return;
            }
        }
    }

    private void EncodePiece(ReadOnlySpan<byte> piece, bool last)
    {
        _encoder.EncodeSegment(piece, last, _coded);
        if (!_coded.IsWhole)
        {
            throw new FuzzFailureException($"the encoder wrote behind its room, at a piece of {piece.Length} bytes");
        }
    }

    private void Decode(DeltaLevel level, in DeltaBase first, in DeltaBase second)
    {
        _decoder.Start(level, first.Body, second.Body, Recipe.MaxBody);
        ReadOnlySpan<byte> rest = _coded.Written;
        int total = 0;
        DeltaStatus status;
        do
        {
            status = _decoder.Decode(rest, out int consumed, _decoded.AsSpan(total), out int written);
            rest = rest[consumed..];
            total += written;
        }
        while (status == DeltaStatus.SegmentEnd);

        if (status != DeltaStatus.End || !_decoded.AsSpan(0, total).SequenceEqual(_recipe.Body))
        {
            throw new FuzzFailureException($"{_recipe.Body.Length} bytes became {total} others, with {status}");
        }
    }
}
