using System.Numerics;

namespace Railgun.Benchmarks.Deltas;

/// <summary>Native libzstd with the base as prefix, or as a dictionary that was prepared once.</summary>
internal sealed unsafe class ZstdDelta(int level, bool prepared) : IContender
{
    private readonly nint _compressor = NativeZstd.CreateCompressor();
    private readonly nint _decompressor = NativeZstd.CreateDecompressor();
    private nint _dictionary;

    /// <inheritdoc/>
    public string Name => prepared ? $"zstd-cdict-{level}" : $"zstd-patch-{level}";

    /// <inheritdoc/>
    public void Prepare(byte[] before)
    {
        if (!prepared)
        {
            return;
        }

        NativeZstd.FreeDictionary(_dictionary);
        fixed (byte* bytes = before)
        {
            _dictionary = NativeZstd.CreateDictionary(bytes, (nuint)before.Length, level);
        }
    }

    /// <inheritdoc/>
    public int Encode(byte[] before, byte[] target, byte[] coded)
    {
        fixed (byte* one = before)
        fixed (byte* two = target)
        fixed (byte* output = coded)
        {
            NativeZstd.Set(_compressor, NativeZstd.CompressionLevel, level);
            if (prepared)
            {
                // Without this a larger page makes libzstd copy the dictionary's tables first: slower by half.
                NativeZstd.Set(_compressor, NativeZstd.AttachDictionary, 1);
                NativeZstd.UseDictionary(_compressor, _dictionary);
            }
            else
            {
                int window = Math.Max(10, BitOperations.Log2((uint)(before.Length + target.Length)) + 1);
                NativeZstd.Set(_compressor, NativeZstd.WindowLog, window);
                NativeZstd.Prefix(_compressor, one, (nuint)before.Length);
            }

            return Checked(NativeZstd.Compress(_compressor, output, (nuint)coded.Length, two, (nuint)target.Length));
        }
    }

    /// <inheritdoc/>
    public int Decode(byte[] before, ReadOnlySpan<byte> coded, byte[] target)
    {
        fixed (byte* one = before)
        fixed (byte* two = target)
        fixed (byte* input = coded)
        {
            NativeZstd.SetDecoder(_decompressor, NativeZstd.WindowLogMax, 30);
            NativeZstd.DecoderPrefix(_decompressor, one, (nuint)before.Length);
            return Checked(NativeZstd.Decompress(_decompressor, two, (nuint)target.Length, input, (nuint)coded.Length));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        NativeZstd.FreeCompressor(_compressor);
        NativeZstd.FreeDecompressor(_decompressor);
        NativeZstd.FreeDictionary(_dictionary);
    }

    private static int Checked(nuint length) => NativeZstd.IsError(length) == 0 ? (int)length : throw new InvalidOperationException("libzstd failed.");
}
