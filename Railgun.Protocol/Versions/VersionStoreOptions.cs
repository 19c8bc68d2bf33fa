namespace Railgun.Protocol.Versions;

/// <summary>The bounds of a <see cref="VersionStore"/>.</summary>
internal sealed class VersionStoreOptions
{
    /// <summary>The least capacity, in bytes: 64 KiB.</summary>
    public const long MinCapacityBytes = 64 * 1024;

    /// <summary>Bytes that the store may hold: bodies, their indexes, and its own bookkeeping.</summary>
    /// <value>Default 256 MiB; at least <see cref="MinCapacityBytes"/>.</value>
    public long CapacityBytes { get; init; } = 256L * 1024 * 1024;

    /// <summary>The default of <see cref="VersionsPerPage"/>.</summary>
    public const int DefaultVersionsPerPage = 2;

    /// <summary>How many versions of one page one principal, or everybody, may have; the oldest goes beyond that, or earlier where room is wanted.</summary>
    /// <value>Default 2, from 1: what a request offers. Both sides keep more: while many views of a page are on the line, the listener's newest
    /// version is as many versions old as there are views, and answers are coded against what came just before.</value>
    public int VersionsPerPage { get; init; } = DefaultVersionsPerPage;

    /// <summary>Bytes of versions that may be pinned (offered or in use as a base) at one time. Beyond it nothing is offered and nothing found.</summary>
    /// <value>Default: a quarter of the capacity.</value>
    /// <remarks>A pinned version that is evicted stays in memory, with its index if it has one, until released; its body counts here.</remarks>
    public long? PinnedBytes { get; init; }

    /// <summary>Bytes that bodies may take while they are still being received. Beyond it a body is hashed but not kept.</summary>
    /// <value>Default: a quarter of the capacity.</value>
    public long? BuildingBytes { get; init; }
}
