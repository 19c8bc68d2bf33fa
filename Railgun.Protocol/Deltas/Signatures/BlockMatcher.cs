using System.Buffers;

namespace Railgun.Protocol.Deltas.Signatures;

/// <summary>
/// Finds which blocks of a version a target has, segment by segment, by the version's signature alone. All hashes of a segment are computed first, in one pass,
/// so the work for a byte is the same whatever is found. Reusable, not thread-safe.
/// </summary>
/// <remarks>
/// A place is compared with all blocks, so with hashes of few bits false matches would be common. A block is taken only where more speaks for it than its hash:
/// it follows the block before it; or the next block follows it; or it lies near where the last one says that it should be (a block's eighth before or behind).
/// In a target of n bytes that has nothing of the version, false matches are expected at n / 4 of 2^bits places of the last kind, at n times blocks of
/// 4^bits of the second: with <see cref="SignatureShape.Of"/> fewer than one in a thousand bodies has one. It costs the rest of the body as it is, once: each segment is proved.
/// </remarks>
internal sealed class BlockMatcher : IDisposable
{
    private const int Nearness = 8;

    private readonly List<FoundBlock> _found = [];
    private BlockSignature? _signature;
    private BlockIndex? _index;
    private BlockHash _hash;
    private byte[] _text = [];
    private uint[] _hashes = [];
    private int _length;
    private long _start;
    private long _end;
    private int _next;

    /// <summary>Begins a target.</summary>
    public void Start(BlockSignature signature, SignatureSeed seed)
    {
        _signature = signature;
        _index = new BlockIndex(signature);
        _hash = new BlockHash(seed, signature.Shape.Bits);
        (_length, _start, _end, _next) = (0, 0, 0, 0);
    }

    /// <summary>The blocks that the next piece of the target has, wholly or at its beginning, in the order of the target. Valid until the next call.</summary>
    /// <param name="piece">At most <see cref="DeltaLimits.MaxSegmentTarget"/> bytes.</param>
    /// <param name="last">Whether the target ends here.</param>
    public IReadOnlyList<FoundBlock> Find(ReadOnlySpan<byte> piece, bool last)
    {
        SignatureShape shape = _signature!.Shape;
        _found.Clear();
        Take(piece, shape.Block);
        int places = _length - shape.Block + 1;
        if (places > 0)
        {
            Scan(shape.Block, places);
        }

        if (last && shape.Tail > 0 && _length >= shape.Tail && _hash.Of(_text.AsSpan(_length - shape.Tail, shape.Tail)) == _signature.Hashes[^1])
        {
            _found.Add(new FoundBlock(shape.Blocks - 1, _length - shape.Tail));
        }

        return _found;
    }

    /// <summary>The bytes of a block that was found last.</summary>
    public ReadOnlySpan<byte> TextOf(FoundBlock found) => _text.AsSpan(found.At, _signature!.Shape[found.Block].Length);

    /// <summary>Gives its memory back.</summary>
    public void Dispose()
    {
        Return();
        _signature = null;
        _index = null;
    }

    /// <summary>Puts the piece behind what may still be the beginning of a block.</summary>
    private void Take(ReadOnlySpan<byte> piece, int block)
    {
        int keep = Math.Min(_length, block - 1);
        int needed = keep + piece.Length;
        if (_text.Length < needed)
        {
            byte[] larger = ArrayPool<byte>.Shared.Rent(needed);
            _text.AsSpan(_length - keep, keep).CopyTo(larger);
            Return();
            _text = larger;
            _hashes = ArrayPool<uint>.Shared.Rent(larger.Length);
        }
        else
        {
            _text.AsSpan(_length - keep, keep).CopyTo(_text);
        }

        piece.CopyTo(_text.AsSpan(keep));
        _start += _length - keep;
        _length = needed;
    }

    private void Scan(int block, int places)
    {
        _hash.Roll(_text.AsSpan(0, _length), block, _hashes);
        ReadOnlySpan<uint> here = _hashes.AsSpan(0, places);
        ReadOnlySpan<uint> known = _signature!.Hashes[..(_signature.Shape.Length / block)];

        // What the last piece found may reach into this one.
        int at = (int)Math.Max(0, _end - _start);
        while (at < here.Length)
        {
            bool follows = at == _end - _start && _next < known.Length && here[at] == known[_next];
            int found = _next;
            if (!follows)
            {
                at = _index!.Skip(here, at);
                found = at < here.Length ? Choose(here, known, at, block) : -1;
            }

            if (found < 0)
            {
                at++;
                continue;
            }

            _found.Add(new FoundBlock(found, at));
            at += block;
            _next = found + 1;
            _end = _start + at;
        }
    }

    private int Choose(ReadOnlySpan<uint> here, ReadOnlySpan<uint> known, int at, int block)
    {
        int candidate = _index!.First(here[at]);
        for (int walked = 0; candidate >= 0 && walked < BlockIndex.MaxWalk; walked++, candidate = _index.Next(candidate))
        {
            bool followed = at + block < here.Length && candidate + 1 < known.Length && here[at + block] == known[candidate + 1];
            if (followed || IsNear(candidate, at, block))
            {
                return candidate;
            }
        }

        return -1;
    }

    private bool IsNear(int candidate, int at, int block)
    {
        long expected = _end + ((long)(candidate - _next) * block);
        return Math.Abs(_start + at - expected) <= block / Nearness;
    }

    private void Return()
    {
        if (_text.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_text);
            ArrayPool<uint>.Shared.Return(_hashes);
            (_text, _hashes) = ([], []);
        }
    }
}
