using System.Globalization;

namespace Railgun.Protocol.Heads;

/// <summary>The names under which control data (RFC 9110 section 6.2) stands in a head block, before all fields. The colon cannot begin a field name.</summary>
internal static class ControlName
{
    public const string Method = ":m";
    public const string Scheme = ":s";
    public const string Authority = ":a";
    public const string Target = ":t";
    public const string Protocol = ":p";
    public const string Status = ":c";

    private static readonly string[] Texts = MakeTexts();

    /// <summary>The three digits of a status code, 100 to 999.</summary>
    public static string StatusText(int status) => Texts[status - 100];

    /// <summary>Reads three digits; -1 if they are no status code.</summary>
    public static int ParseStatus(string text) =>
        text.Length == 3 && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int status) && status >= 100 ? status : -1;

    private static string[] MakeTexts()
    {
        var texts = new string[900];
        for (int i = 0; i < texts.Length; i++)
        {
            texts[i] = (i + 100).ToString(CultureInfo.InvariantCulture);
        }

        return texts;
    }
}
