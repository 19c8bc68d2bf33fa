using Railgun.Hosting.Configuration;

namespace Railgun.Hosting.Options;

/// <summary>The store of versions: memory that is taken for pages that both sides have seen.</summary>
internal sealed class StoreOptions
{
    /// <summary>
    /// How much memory versions and their indexes may take together.
    /// <value>Default: 256 MiB. From 1 MiB to 1 TiB. A version is at most 1/16 of it, and at most 32 MiB.</value>
    /// </summary>
    public ByteSize Capacity { get; set; } = ByteSize.MiB(256);

    /// <summary>Names every mistake.</summary>
    public void Validate(Mistakes mistakes, string path) =>
        mistakes.Range($"{path}.capacity", Capacity, ByteSize.MiB(1), ByteSize.MiB(1024 * 1024));
}
