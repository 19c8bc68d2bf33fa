using Microsoft.Extensions.Logging;
using Railgun.Hosting.Options;

namespace Railgun.Hosting.Logging;

/// <summary>Loggers that write lines to a <see cref="LogSink"/> and remember problems for <c>/status</c>.</summary>
internal sealed class LineLoggerProvider(LogSink sink, LogFormat format, RecentProblems problems, TimeProvider time) : ILoggerProvider
{
    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => new LineLogger(categoryName, sink, format, problems, time);

    /// <inheritdoc/>
    public void Dispose()
    {
        // The sink is its maker's.
    }
}
