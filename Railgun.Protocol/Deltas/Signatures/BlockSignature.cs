namespace Railgun.Protocol.Deltas.Signatures;

/// <summary>A signature as it was read: what a sender knows of a version that only the listener holds. Immutable.</summary>
internal sealed class BlockSignature
{
    private readonly uint[] _hashes;

    private BlockSignature(SignatureShape shape, uint[] hashes)
    {
        Shape = shape;
        _hashes = hashes;
    }

    /// <summary>How the version is cut.</summary>
    public SignatureShape Shape { get; }

    /// <summary>The hash of each block, in order.</summary>
    public ReadOnlySpan<uint> Hashes => _hashes;

    /// <summary>Reads a signature; null if it breaks a rule of DELTA_FORMAT.md. What it announces is checked before memory is taken.</summary>
    public static BlockSignature? Read(ReadOnlySpan<byte> source)
    {
        if (!Number.TryRead(ref source, out int length) || !Number.TryRead(ref source, out int block) || !Number.TryRead(ref source, out int bits))
        {
            return null;
        }

        var shape = new SignatureShape(length, block, bits);
        if (!shape.IsSound || shape.HashBytes != source.Length)
        {
            return null;
        }

        var hashes = new uint[shape.Blocks];
        for (int i = 0; i < hashes.Length; i++)
        {
            hashes[i] = PackedHashes.Get(source, i, bits);
        }

        return new BlockSignature(shape, hashes);
    }
}
