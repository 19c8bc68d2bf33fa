using System.Globalization;
using System.Security.Cryptography;

namespace Railgun.Try.Visits;

/// <summary>Remembers which answers were seen, so that a base in the access log can be shown as the answer that it was.</summary>
internal sealed class BaseNames
{
    // As many hex digits of a SHA-256 as the access log writes.
    private const int LoggedDigits = 12;

    private readonly Dictionary<string, string> _answers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);

    /// <summary>Remembers the answer for a path; the same bytes keep their first name.</summary>
    public void Add(string path, byte[] body)
    {
        int number = _counts[path] = _counts.GetValueOrDefault(path) + 1;
        string digest = Convert.ToHexStringLower(SHA256.HashData(body))[..LoggedDigits];
        _answers.TryAdd(digest, string.Create(CultureInfo.InvariantCulture, $"{path} #{number}"));
    }

    /// <summary>What to show for a line of the access log.</summary>
    public string Describe(LinkUse? use) => use switch
    {
        null => "no line in the listener's access log",
        { HasBase: true, IsBySignature: true } => $"signature of {NameOf(use)}",
        { HasBase: true } => NameOf(use),
        { Reason.Length: > 0 } => $"failed at the {use.Stage}: {use.Reason}",
        _ => $"none: {use.NoBase}",
    };

    private string NameOf(LinkUse use) => _answers.GetValueOrDefault(use.Base, use.Base);
}
