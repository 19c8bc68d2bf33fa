using System.Globalization;

namespace Railgun.Protocol.Heads;

/// <summary>Dates of HTTP (IMF-fixdate, RFC 9110 section 5.6.7) as seconds since 1970, where that loses nothing.</summary>
internal static class FixDate
{
    /// <summary>Bytes of each such date.</summary>
    public const int Length = 29;

    /// <summary>The last second of the year 9999.</summary>
    public const long Max = 253_402_300_799;

    private const string Format = "r";

    /// <summary>Reads a date; false if it is none from 1970 on, or not written as <see cref="Text"/> would.</summary>
    public static bool TryRead(string text, out long seconds)
    {
        seconds = 0;
        if (text.Length != Length || !DateTime.TryParseExact(text, Format, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime date) || date.Year < 1970)
        {
            return false;
        }

        seconds = (date.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerSecond;
        Span<char> again = stackalloc char[Length];
        return Date(seconds).TryFormat(again, out _, Format, CultureInfo.InvariantCulture) && text.AsSpan().SequenceEqual(again);
    }

    /// <summary>The date of 0 to <see cref="Max"/> seconds.</summary>
    public static string Text(long seconds) => Date(seconds).ToString(Format, CultureInfo.InvariantCulture);

    private static DateTime Date(long seconds) => DateTime.UnixEpoch.AddTicks(seconds * TimeSpan.TicksPerSecond);
}
