using System.Buffers;

namespace Railgun.Protocol.Deltas.Signatures;

/// <summary>
/// Codes a target against a version of which only the signature is known (DELTA_FORMAT.md, Against a signature). Each segment names the blocks that it has in
/// common with the version; these are text that both sides know, and the segment is an ordinary delta against it. Reusable, not thread-safe: pool it.
/// </summary>
internal sealed class SignatureEncoder : IDisposable
{
    private readonly BlockMatcher _matcher = new();
    private readonly KnownText _known = new();
    private readonly RecentText _recent = new();
    private readonly DeltaEncoder _encoder = new();
    private int[] _named = [];
    private int _segment;
    private DeltaLevel _level;

    /// <summary>Begins a target.</summary>
    /// <param name="signature">The version's signature.</param>
    /// <param name="seed">The seed that it was made with.</param>
    /// <param name="level">How hard to work; the decoder must mean the same.</param>
    public void Start(BlockSignature signature, SignatureSeed seed, DeltaLevel level)
    {
        _matcher.Start(signature, seed);
        _known.Start(signature.Shape);
        _recent.Start(level);
        _level = level;
        _segment = 0;
        if (_named.Length < signature.Shape.Blocks)
        {
            _named = new int[signature.Shape.Blocks];
        }

        Array.Clear(_named);
    }

    /// <summary>Codes the next piece of the target: with these bytes, all coded bytes so far decode to all of the target so far.</summary>
    /// <param name="target">At most <see cref="DeltaLimits.MaxSegmentTarget"/> bytes; an empty one gives no coded bytes.</param>
    /// <param name="last">Whether the target ends here.</param>
    /// <param name="output">Gets the coded bytes.</param>
    public void EncodeSegment(ReadOnlySpan<byte> target, bool last, IBufferWriter<byte> output)
    {
        if (target.IsEmpty)
        {
            return;
        }

        Name(target, last);
        _known.WriteHead(output);
        using BaseIndex? known = IndexOf(_known.Text);
        using BaseIndex? recent = IndexOf(_recent.Text);
        int indexed = Math.Max(0, _recent.Text.Length - RecentText.FastWindow);
        _encoder.Start(_level, new DeltaBase(_known.Text, known), new DeltaBase(_recent.Text, recent, IndexedFrom: indexed), more: _segment > 1);
        _encoder.EncodeSegment(target, last: true, output);
        _encoder.Stop();
        if (!last)
        {
            _recent.Append(target);
        }
    }

    /// <summary>Gives its memory back.</summary>
    public void Dispose()
    {
        _matcher.Dispose();
        _known.Dispose();
        _recent.Dispose();
        _encoder.Dispose();
    }

    private void Name(ReadOnlySpan<byte> target, bool last)
    {
        _known.Clear();
        _segment++;
        foreach (FoundBlock found in _matcher.Find(target, last))
        {
            ref int named = ref _named[found.Block];
            if (named != _segment)
            {
                named = _segment;
                _known.Add(found.Block, _matcher.TextOf(found));
            }
        }
    }

    // The dense level makes one where it goes over to the fast one: most targets never come there.
    private BaseIndex? IndexOf(ReadOnlyMemory<byte> text) => text.IsEmpty || _level == DeltaLevel.Dense ? null : BaseIndex.Build(text);
}
