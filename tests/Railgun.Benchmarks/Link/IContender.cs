namespace Railgun.Benchmarks.Link;

/// <summary>One way to carry bodies and exchanges over one connection on loopback, both ends in this process.</summary>
internal interface IContender : IBulkContender
{
    /// <summary>One exchange: <see cref="Sizes.Small"/> bytes there, as many back. Any number at a time.</summary>
    ValueTask ExchangeAsync();
}
