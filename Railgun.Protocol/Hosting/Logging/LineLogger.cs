using Microsoft.Extensions.Logging;
using Railgun.Hosting.Options;

namespace Railgun.Hosting.Logging;

/// <summary>The logger of one category. Levels are filtered before it is called.</summary>
internal sealed class LineLogger(string category, LogSink sink, LogFormat format, RecentProblems problems, TimeProvider time) : ILogger
{
    // The last word of the category is enough for people.
    private readonly string _shortCategory = category[(category.LastIndexOf('.') + 1)..];

    /// <inheritdoc/>
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    /// <inheritdoc/>
    public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

    /// <inheritdoc/>
    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!IsEnabled(logLevel))
        {
            return;
        }

        DateTimeOffset now = time.GetUtcNow();
        string message = formatter(state, exception);
        if (logLevel >= LogLevel.Warning)
        {
            problems.Add(now, LogLineText.NameOf(logLevel), exception is null ? message : $"{message} ({exception.GetType().Name}: {exception.Message})");
        }

        LineBuffer line = LineBuffer.Rent();
        if (format == LogFormat.Json)
        {
            LogLineJson.Write(line, now, logLevel, category, eventId, message, state as IReadOnlyList<KeyValuePair<string, object?>>, exception);
        }
        else
        {
            LogLineText.Write(line, now, logLevel, _shortCategory, message, exception);
        }

        sink.WriteLine(line.Written);
        line.Return();
    }
}
