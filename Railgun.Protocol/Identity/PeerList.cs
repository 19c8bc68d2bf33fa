using System.Text;

namespace Railgun.Protocol.Identity;

/// <summary>
/// One reading of the trusted peers' file: lines <c>NAME FINGERPRINT</c>, empty lines, and comments that begin with <c>#</c>. A line that can't be
/// understood is named in <see cref="Problems"/> and trusts nobody; the others stand.
/// </summary>
internal sealed class PeerList
{
    /// <summary>The largest file that is read, in bytes; about ten thousand peers.</summary>
    public const int MaxFileBytes = 1024 * 1024;

    // The same for who is trusted and for whose line is removed.
    private static readonly char[] Blanks = [' ', '\t'];

    private readonly Dictionary<Fingerprint, TrustedPeer> _byKey = [];
    private readonly Dictionary<string, TrustedPeer> _byName = new(StringComparer.Ordinal);
    private readonly List<TrustedPeer> _all = [];
    private readonly List<string> _problems = [];

    /// <summary>No peers.</summary>
    public static PeerList Empty { get; } = new();

    /// <summary>The peers in the file's order.</summary>
    public IReadOnlyList<TrustedPeer> All => _all;

    /// <summary>What could not be read, one line each.</summary>
    public IReadOnlyList<string> Problems => _problems;

    /// <summary>Reads the file's text.</summary>
    public static PeerList Parse(ReadOnlySpan<byte> utf8)
    {
        var list = new PeerList();
        int number = 0;
        foreach (string line in Encoding.UTF8.GetString(utf8).Split('\n'))
        {
            number++;
            string entry = StripComment(line);
            if (entry.Length > 0)
            {
                list.ReadEntry(entry, number);
            }
        }

        return list;
    }

    /// <summary>The peer with this key.</summary>
    public TrustedPeer? Find(Fingerprint fingerprint) => _byKey.GetValueOrDefault(fingerprint);

    /// <summary>The peer with this name.</summary>
    public TrustedPeer? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>The peer's name if <paramref name="line"/> trusts one, whether or not it is valid; else empty.</summary>
    public static ReadOnlySpan<char> NameIn(string line)
    {
        ReadOnlySpan<char> entry = StripComment(line);
        int end = entry.IndexOfAny(Blanks);
        return end < 0 ? entry : entry[..end];
    }

    private static string StripComment(string line)
    {
        int comment = line.IndexOf('#', StringComparison.Ordinal);
        return (comment < 0 ? line : line[..comment]).Trim();
    }

    private void ReadEntry(string entry, int number)
    {
        string[] words = entry.Split(Blanks, StringSplitOptions.RemoveEmptyEntries);
        if (words.Length != 2)
        {
            Problem(number, "write NAME FINGERPRINT");
        }
        else if (!PeerName.IsValid(words[0]))
        {
            Problem(number, $"{PeerName.Rule}");
        }
        else if (!Fingerprint.TryParse(words[1], out Fingerprint fingerprint))
        {
            Problem(number, $"the fingerprint of {words[0]} is not one: it is {Fingerprint.Prefix} and 43 characters, as the other side's 'identity' prints it");
        }
        else if (_byName.ContainsKey(words[0]))
        {
            Problem(number, $"the name {words[0]} stands above already");
        }
        else if (_byKey.TryGetValue(fingerprint, out TrustedPeer? other))
        {
            Problem(number, $"the fingerprint of {words[0]} stands above already, as {other.Name}");
        }
        else
        {
            var peer = new TrustedPeer(words[0], fingerprint);
            _byName.Add(peer.Name, peer);
            _byKey.Add(fingerprint, peer);
            _all.Add(peer);
        }
    }

    private void Problem(int line, string what) => _problems.Add($"line {line}: {what}");
}
