using System.Text;
using Railgun.Protocol.Identity;

namespace Railgun.Fuzz.Targets;

/// <summary>The trusted peers' file: no line counts for two peers, no peer for two lines, and what is understood means the same when it is written anew.</summary>
internal sealed class PeersTarget : IFuzzTarget
{
    private static readonly string[] Keys = [.. Enumerable.Range(1, 3).Select(static i => new Fingerprint([.. Enumerable.Repeat((byte)i, Fingerprint.Size)]).ToString())];

    /// <inheritdoc/>
    public string Name => "peers";

    /// <inheritdoc/>
    public int MaxInput => 4 * 1024;

    /// <inheritdoc/>
    public long MaxAllocated => 8 << 20;

    /// <inheritdoc/>
    public IEnumerable<byte[]> Seeds()
    {
        string hex = string.Join(':', Enumerable.Repeat("0A", Fingerprint.Size));
        foreach (string text in (string[])
            [$"# NAME FINGERPRINT\nshop {Keys[0]}\nedge\t{Keys[1]} # why\r\n\n", $"a {Keys[0]}\nb {Keys[0]}\na {Keys[2]}\n", $"a {hex}\nb {hex.Replace(":", "", StringComparison.Ordinal)}\n",
             $"a {Keys[1].Replace("SHA256:", "", StringComparison.Ordinal)}=\nA-b {Keys[2]}\n-a {Keys[2]} x\nonly\n", "\uFEFFa \u00e9\n"])
        {
            yield return Encoding.UTF8.GetBytes(text);
        }
    }

    /// <inheritdoc/>
    public void Run(byte[] input)
    {
        var list = PeerList.Parse(input);
        string[] entries = [.. Encoding.UTF8.GetString(input).Split('\n').Where(static line => PeerList.NameIn(line).Length > 0)];
        FuzzFailureException.ThrowUnless(list.All.Count + list.Problems.Count == entries.Length, "a line is neither a peer nor a problem");
        var again = new StringBuilder();
        foreach (TrustedPeer peer in list.All)
        {
            FuzzFailureException.ThrowUnless(PeerName.IsValid(peer.Name) && !peer.Fingerprint.IsDefault, "a peer has no name, or no key");
            FuzzFailureException.ThrowUnless(list.Find(peer.Name) == peer && list.Find(peer.Fingerprint) == peer, "a peer is not found by its name and by its key");
            FuzzFailureException.ThrowUnless(entries.Any(line => PeerList.NameIn(line).SequenceEqual(peer.Name)), "a peer is trusted whom no line names");
            again.Append(peer.Name).Append(' ').Append(peer.Fingerprint).Append('\n');
        }

        var rewritten = PeerList.Parse(Encoding.UTF8.GetBytes(again.ToString()));
        FuzzFailureException.ThrowUnless(rewritten.Problems.Count == 0 && rewritten.All.SequenceEqual(list.All), "written anew the list is another");
    }
}
