using System.Runtime.InteropServices;

namespace Railgun.Benchmarks.Deltas;

/// <summary>What is used of the system's libzstd.</summary>
internal static unsafe partial class NativeZstd
{
    private const string Library = "libzstd.so.1";

    /// <summary>ZSTD_c_compressionLevel.</summary>
    public const int CompressionLevel = 100;

    /// <summary>ZSTD_c_windowLog.</summary>
    public const int WindowLog = 101;

    /// <summary>ZSTD_c_forceAttachDict (experimental): 1 = ZSTD_dictForceAttach.</summary>
    public const int AttachDictionary = 1001;

    /// <summary>ZSTD_d_windowLogMax.</summary>
    public const int WindowLogMax = 100;

    [LibraryImport(Library, EntryPoint = "ZSTD_createCCtx")]
    public static partial nint CreateCompressor();

    [LibraryImport(Library, EntryPoint = "ZSTD_freeCCtx")]
    public static partial nuint FreeCompressor(nint context);

    [LibraryImport(Library, EntryPoint = "ZSTD_createDCtx")]
    public static partial nint CreateDecompressor();

    [LibraryImport(Library, EntryPoint = "ZSTD_freeDCtx")]
    public static partial nuint FreeDecompressor(nint context);

    [LibraryImport(Library, EntryPoint = "ZSTD_CCtx_setParameter")]
    public static partial nuint Set(nint context, int parameter, int value);

    [LibraryImport(Library, EntryPoint = "ZSTD_DCtx_setParameter")]
    public static partial nuint SetDecoder(nint context, int parameter, int value);

    [LibraryImport(Library, EntryPoint = "ZSTD_CCtx_refPrefix")]
    public static partial nuint Prefix(nint context, byte* bytes, nuint length);

    [LibraryImport(Library, EntryPoint = "ZSTD_DCtx_refPrefix")]
    public static partial nuint DecoderPrefix(nint context, byte* bytes, nuint length);

    [LibraryImport(Library, EntryPoint = "ZSTD_createCDict")]
    public static partial nint CreateDictionary(byte* bytes, nuint length, int level);

    [LibraryImport(Library, EntryPoint = "ZSTD_freeCDict")]
    public static partial nuint FreeDictionary(nint dictionary);

    [LibraryImport(Library, EntryPoint = "ZSTD_CCtx_refCDict")]
    public static partial nuint UseDictionary(nint context, nint dictionary);

    [LibraryImport(Library, EntryPoint = "ZSTD_compress2")]
    public static partial nuint Compress(nint context, byte* output, nuint room, byte* input, nuint length);

    [LibraryImport(Library, EntryPoint = "ZSTD_decompressDCtx")]
    public static partial nuint Decompress(nint context, byte* output, nuint room, byte* input, nuint length);

    [LibraryImport(Library, EntryPoint = "ZSTD_isError")]
    public static partial uint IsError(nuint code);
}
