namespace Railgun.Benchmarks.Link;

/// <summary>One way to carry bodies over one connection on loopback, both ends in this process.</summary>
internal interface IBulkContender : IAsyncDisposable
{
    /// <summary>What it is, for the table.</summary>
    string Name { get; }

    /// <summary>Carries <paramref name="bytes"/> one way.</summary>
    Task BulkAsync(long bytes);
}
