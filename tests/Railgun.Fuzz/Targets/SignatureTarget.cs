using System.Buffers;
using Railgun.Protocol.Deltas;
using Railgun.Protocol.Deltas.Signatures;
using Railgun.TestKit;

namespace Railgun.Fuzz.Targets;

/// <summary>
/// Signatures, and deltas against one: an even first byte, and the rest is a signature that a target is then coded against; an odd one, and the rest is
/// one coded segment.
/// </summary>
internal sealed class SignatureTarget : IFuzzTarget
{
    private static readonly SignatureSeed Seed = SignatureSeed.Derive(new byte[48]);

    private readonly byte[] _version;
    private readonly byte[] _target;
    private readonly byte[] _output = new byte[DeltaLimits.MaxSegmentTarget];
    private readonly SignatureEncoder _encoder = new();
    private readonly SignatureDecoder _decoder = new();
    private readonly ArrayBufferWriter<byte> _coded = new();

    /// <summary>Makes the version.</summary>
    public SignatureTarget()
    {
        var pages = new PageMaker(8);
        _version = pages.First(30);
        _target = pages.Next(4);
    }

    /// <inheritdoc/>
    public string Name => "signature";

    /// <inheritdoc/>
    public int MaxInput => 8 * 1024;

    /// <inheritdoc/>
    public long MaxAllocated => 16 << 20;

    /// <inheritdoc/>
    public IEnumerable<byte[]> Seeds()
    {
        byte[] signature = SignatureWriter.Write(_version, Seed);
        yield return [0, .. signature];
        foreach (DeltaLevel level in (DeltaLevel[])[DeltaLevel.Fast, DeltaLevel.Dense])
        {
            Encode(BlockSignature.Read(signature)!, level);
            yield return [(byte)(1 | ((int)level << 1)), .. _coded.WrittenSpan];
        }
    }

    /// <inheritdoc/>
    public void Run(byte[] input)
    {
        if (input.Length == 0)
        {
            return;
        }

        if ((input[0] & 1) != 0)
        {
            _decoder.Start((DeltaLevel)((input[0] >> 1) & 1), _version, SignatureShape.Of(_version.Length), 1 << 20);
            _decoder.TryDecode(input.AsSpan(1), _output, out _);
            _decoder.Stop();
        }
        else if (BlockSignature.Read(input.AsSpan(1)) is { } signature)
        {
            if (signature.Shape.HashBytes > SignatureShape.MaxBytes)
            {
                throw new FuzzFailureException($"a signature of {signature.Shape.HashBytes} bytes was read");
            }

            Encode(signature, DeltaLevel.Fast);
        }
    }

    private void Encode(BlockSignature signature, DeltaLevel level)
    {
        _coded.ResetWrittenCount();
        _encoder.Start(signature, Seed, level);
        _encoder.EncodeSegment(_target, true, _coded);
    }
}
