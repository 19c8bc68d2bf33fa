namespace Railgun.Benchmarks.Link;

/// <summary>One way to carry bodies and exchanges over one connection on loopback, both ends in this process.</summary>
internal interface IContender : IAsyncDisposable
{
    /// <summary>What it is, for the table.</summary>
    string Name { get; }

    /// <summary>Carries <paramref name="bytes"/> one way.</summary>
    Task BulkAsync(long bytes);

    /// <summary>One exchange: <see cref="Sizes.Small"/> bytes there, as many back. Any number at a time.</summary>
    ValueTask ExchangeAsync();
}
