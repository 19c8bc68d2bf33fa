using Railgun.Hosting.Configuration;

namespace Railgun.Sender.Exchanges;

/// <summary>How much is under way at one time. Section <c>limits</c> of the configuration.</summary>
internal sealed class ExchangeLimits
{
    /// <summary>The most exchanges at one time, over all listeners; those beyond get a 503 at once.</summary>
    /// <value>Default 2000; 1 to 100000.</value>
    public int Exchanges { get; set; } = 2000;

    /// <summary>Names every mistake.</summary>
    public void Validate(Mistakes mistakes, string path) => mistakes.Range($"{path}.exchanges", Exchanges, 1, 100_000);
}
