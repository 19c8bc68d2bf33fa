using System.Text;

namespace Railgun.Protocol.Engine;

/// <summary>
/// The response field that marks an answer of Railgun's own, not the site's: <c>Railgun-Error: stage=link, code=lane-lost</c>. Both sides write it, and an
/// origin's field of this name is not passed on, so that it can be believed.
/// </summary>
internal static class ErrorField
{
    /// <summary>The field's name.</summary>
    public const string Name = "Railgun-Error";

    /// <summary>The field's value.</summary>
    public static string ValueOf(Fault fault) => $"stage={Word(fault.Stage)}, code={Word(fault.Code)}";

    /// <summary>A name of an enumeration as text for people: <c>LaneLost</c> as <c>lane-lost</c>.</summary>
    public static string Word<TEnum>(TEnum value)
        where TEnum : struct, Enum
    {
        string name = value.ToString();
        var word = new StringBuilder(name.Length + 4);
        foreach (char c in name)
        {
            if (char.IsAsciiLetterUpper(c) && word.Length > 0)
            {
                word.Append('-');
            }

            word.Append(char.ToLowerInvariant(c));
        }

        return word.ToString();
    }
}
