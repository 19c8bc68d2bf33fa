using Railgun.Hosting.Configuration;

namespace Railgun.Sender.Coding;

/// <summary>How hard the sender works on a body. Section <c>coding</c> of the configuration.</summary>
internal sealed class CodingOptions
{
    /// <summary>The zstd level for bodies without a base.</summary>
    /// <value>Default 5; 1 (fastest) to 12.</value>
    public int ZstdLevel { get; set; } = 5;

    /// <summary>
    /// From this rate of the line on, in bytes a second as the lane has measured it, bodies without a base are compressed by LZ4: zstd makes them a third smaller, but that takes longer
    /// than the line takes for the difference. While the rate is not known it is zstd.
    /// </summary>
    /// <value>Default 16 MiB (134 Mbit/s); 0 for never, up to 1 TiB.</value>
    public ByteSize Lz4From { get; set; } = ByteSize.MiB(16);

    /// <summary>When deltas are made at the dense level: shorter, and more work for both ends.</summary>
    /// <value>Default <see cref="DenseUse.Auto"/>.</value>
    public DenseUse Dense { get; set; }

    /// <summary>The largest packed body (an image, an archive) that is kept as a version: asked for again unchanged it costs a few bytes, but it takes room from pages.</summary>
    /// <value>Default 1 MiB; from 0 (none) to 32 MiB.</value>
    public ByteSize KeepPacked { get; set; } = ByteSize.MiB(1);

    /// <summary>Names every mistake.</summary>
    public void Validate(Mistakes mistakes, string path)
    {
        mistakes.Range($"{path}.zstdLevel", ZstdLevel, 1, 12);
        mistakes.Range($"{path}.lz4From", Lz4From, default, ByteSize.MiB(1024 * 1024));
        mistakes.Range($"{path}.keepPacked", KeepPacked, default, ByteSize.MiB(32));
    }
}
