using Microsoft.Extensions.Logging;

namespace Railgun.Hosting.Options;

/// <summary>The logs, one line an event, on standard output.</summary>
internal sealed class LoggingOptions
{
    /// <summary>
    /// How lines look.
    /// <value>Default: text.</value>
    /// </summary>
    public LogFormat Format { get; set; } = LogFormat.Text;

    /// <summary>
    /// The least level that is written.
    /// <value>Default: information.</value>
    /// </summary>
    public LogLevel Level { get; set; } = LogLevel.Information;

    /// <summary>
    /// Whether there is an access log: a line for each exchange.
    /// <value>Default: true.</value>
    /// </summary>
    public bool Access { get; set; } = true;
}
