namespace Railgun.Sender.Coding;

/// <summary>What a coded body of an origin may grow to. Nothing is buffered, but the link and the client would have to carry it.</summary>
internal static class DecodingLimits
{
    /// <summary>The most bytes of a decoded body.</summary>
    public const long MaxDecoded = 4L * 1024 * 1024 * 1024;

    /// <summary>The most decoded bytes for a coded one, once <see cref="RatioFrom"/> are passed.</summary>
    public const int MaxRatio = 250;

    /// <summary>Decoded bytes from which on the ratio counts: small bodies may well be of spaces.</summary>
    public const long RatioFrom = 8 * 1024 * 1024;

    /// <summary>Whether so many bytes may come of so many.</summary>
    public static bool Allow(long coded, long decoded) =>
        decoded <= MaxDecoded && (decoded <= RatioFrom || decoded <= coded * MaxRatio);
}
