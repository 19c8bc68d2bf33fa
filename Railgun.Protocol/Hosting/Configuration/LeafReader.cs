using System.Globalization;
using System.Text.Json.Serialization.Metadata;

namespace Railgun.Hosting.Configuration;

/// <summary>Single values: from the text that file, environment and flags have in common.</summary>
internal static class LeafReader
{
    /// <summary>The value; null if the text is not one of this type.</summary>
    public static object? Read(string text, JsonTypeInfo info)
    {
        if (info.Converter is ITextParser parser)
        {
            return parser.Parse(text);
        }

        Type type = info.Type;
        if (type == typeof(string))
        {
            return text;
        }

        if (type == typeof(bool))
        {
            return bool.TryParse(text, out bool flag) ? flag : null;
        }

        if (type == typeof(int))
        {
            return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) ? number : null;
        }

        if (type == typeof(long))
        {
            return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) ? number : null;
        }

        if (type == typeof(double))
        {
            return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number) ? number : null;
        }

        if (type == typeof(TimeSpan))
        {
            return Duration.TryParse(text, out TimeSpan duration) ? duration : null;
        }

        if (type == typeof(Uri))
        {
            return Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) && uri.Scheme is "http" or "https" ? uri : null;
        }

        return type.IsEnum ? ReadEnum(text, type) : throw new NotSupportedException($"Options can't hold a {type}.");
    }

    /// <summary>What to write for a value of this type.</summary>
    public static string Hint(JsonTypeInfo info) => info.Converter is ITextParser parser ? parser.Hint : Hint(info.Type);

    private static string Hint(Type type)
    {
        if (type.IsEnum)
        {
            return string.Join(" or ", Enum.GetNames(type).Select(name => name.ToLowerInvariant()));
        }

        return type switch
        {
            _ when type == typeof(bool) => "true or false",
            _ when type == typeof(int) || type == typeof(long) => "a whole number",
            _ when type == typeof(double) => "a number",
            _ when type == typeof(TimeSpan) => Duration.Hint,
            _ when type == typeof(Uri) => "a URL, such as http://127.0.0.1:8080",
            _ => "a text in quotes",
        };
    }

    // By name only: Enum.TryParse would take numbers too.
    private static object? ReadEnum(string text, Type type) =>
        Enum.GetNames(type).FirstOrDefault(name => name.Equals(text, StringComparison.OrdinalIgnoreCase)) is { } name ? Enum.Parse(type, name) : null;
}
