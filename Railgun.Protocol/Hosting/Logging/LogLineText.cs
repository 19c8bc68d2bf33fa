using Microsoft.Extensions.Logging;

namespace Railgun.Hosting.Logging;

/// <summary>A log line for people: <c>TIME LEVEL CATEGORY: MESSAGE</c>; an exception's stack follows on indented lines.</summary>
internal static class LogLineText
{
    private static readonly string[] Names = ["trace", "debug", "information", "warning", "error", "critical"];

    /// <summary>The level's name in logs and in <c>/status</c>.</summary>
    public static string NameOf(LogLevel level) => Names[(int)level];

    /// <summary>Writes the line.</summary>
    public static void Write(LineBuffer line, DateTimeOffset now, LogLevel level, string category, string message, Exception? exception)
    {
        line.Value(now.UtcDateTime, "yyyy-MM-dd'T'HH:mm:ss.fff'Z'").Raw(" ").Raw(ShortNameOf(level)).Raw(" ").Raw(category).Raw(": ").Escaped(message);
        if (exception is null)
        {
            return;
        }

        line.Raw(" (").Raw(exception.GetType().Name).Raw(": ").Escaped(exception.Message).Raw(")");
        foreach (ReadOnlySpan<char> frame in exception.StackTrace.AsSpan().EnumerateLines())
        {
            line.Raw("\n    ").Escaped(frame.Trim());
        }
    }

    private static string ShortNameOf(LogLevel level) => level == LogLevel.Information ? "info" : NameOf(level);
}
