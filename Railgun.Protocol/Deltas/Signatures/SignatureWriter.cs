namespace Railgun.Protocol.Deltas.Signatures;

/// <summary>
/// Writes the signature of a body as it streams by (DELTA_FORMAT.md, Signatures): length, block, bits, then the hash of each block.
/// </summary>
internal sealed class SignatureWriter
{
    private readonly SignatureShape _shape;
    private readonly BlockHash _hash;
    private readonly byte[] _bytes;
    private readonly int _head;
    private ulong _value;
    private int _inBlock;
    private int _blocks;

    /// <summary>Begins the signature of a body of a length that is known.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The shape is not sound.</exception>
    public SignatureWriter(SignatureShape shape, SignatureSeed seed)
    {
        ArgumentOutOfRangeException.ThrowIfEqual(shape.IsSound, false, nameof(shape));
        _shape = shape;
        _hash = new BlockHash(seed, shape.Bits);
        Span<byte> head = stackalloc byte[3 * Number.MaxSize];
        _head = Number.Write(head, shape.Length);
        _head += Number.Write(head[_head..], shape.Block);
        _head += Number.Write(head[_head..], shape.Bits);
        _bytes = new byte[_head + shape.HashBytes];
        head[.._head].CopyTo(_bytes);
    }

    /// <summary>The signature of a whole body.</summary>
    public static byte[] Write(ReadOnlySpan<byte> body, SignatureSeed seed)
    {
        var writer = new SignatureWriter(SignatureShape.Of(body.Length), seed);
        writer.Append(body);
        return writer.Complete();
    }

    /// <summary>Takes the next bytes of the body.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            int take = Math.Min(bytes.Length, _shape.Block - _inBlock);
            _value = _hash.Extend(_value, bytes[..take]);
            _inBlock += take;
            bytes = bytes[take..];
            if (_inBlock == _shape.Block)
            {
                EndBlock();
            }
        }
    }

    /// <summary>The signature, once the whole body was taken.</summary>
    /// <exception cref="InvalidOperationException">The body had another length than was said.</exception>
    public byte[] Complete()
    {
        if (_inBlock > 0)
        {
            EndBlock();
        }

        return _blocks == _shape.Blocks ? _bytes : throw new InvalidOperationException("The body is not as long as was said.");
    }

    private void EndBlock()
    {
        if (_blocks == _shape.Blocks)
        {
            throw new InvalidOperationException("The body is longer than was said.");
        }

        PackedHashes.Put(_bytes.AsSpan(_head), _blocks++, _shape.Bits, _hash.Cut(_value));
        _value = 0;
        _inBlock = 0;
    }
}
