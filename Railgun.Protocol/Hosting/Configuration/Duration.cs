using System.Globalization;

namespace Railgun.Hosting.Configuration;

/// <summary>The text form of durations: a number and its unit.</summary>
internal static class Duration
{
    /// <summary>What to write.</summary>
    public const string Hint = "a duration with its unit, such as 500ms, 5s, 2min or 1h";

    private static readonly (string Unit, double Milliseconds)[] Units = [("ms", 1), ("min", 60_000), ("m", 60_000), ("s", 1_000), ("h", 3_600_000), ("d", 86_400_000)];

    /// <summary>Reads the text form; a bare 0 needs no unit.</summary>
    public static bool TryParse(string text, out TimeSpan value)
    {
        value = TimeSpan.Zero;
        ReadOnlySpan<char> trimmed = text.AsSpan().Trim();
        if (trimmed is "0")
        {
            return true;
        }

        foreach ((string unit, double milliseconds) in Units)
        {
            if (trimmed.EndsWith(unit, StringComparison.Ordinal))
            {
                ReadOnlySpan<char> number = trimmed[..^unit.Length].TrimEnd();
                if (!double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double count) || count * milliseconds > int.MaxValue)
                {
                    return false;
                }

                value = TimeSpan.FromMilliseconds(count * milliseconds);
                return true;
            }
        }

        return false;
    }

    /// <summary>The text form: the largest unit that divides it.</summary>
    public static string Format(TimeSpan value)
    {
        double milliseconds = value.TotalMilliseconds;
        (string unit, double factor) = milliseconds switch
        {
            0 => ("s", 1_000d),
            _ when milliseconds % 3_600_000 == 0 => ("h", 3_600_000d),
            _ when milliseconds % 60_000 == 0 => ("min", 60_000d),
            _ when milliseconds % 1_000 == 0 => ("s", 1_000d),
            _ => ("ms", 1d),
        };
        return string.Create(CultureInfo.InvariantCulture, $"{milliseconds / factor}{unit}");
    }
}
