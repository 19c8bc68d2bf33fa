using System.Text;

namespace Railgun.Protocol.Identity;

/// <summary>
/// The peers that this node links with, in a file that <c>trust</c> changes while the daemon runs. Every question re-reads the file (it is small, and the
/// time of its last change is too coarse to tell two changes apart), so the answer is always that of now; <see cref="Watch"/> notices
/// changes that nobody asks about. Thread-safe.
/// </summary>
internal sealed class TrustedPeers(string path)
{
    /// <summary>The file's name in the state directory.</summary>
    public const string FileName = "trusted-peers";

    private const string Preamble = "# NAME FINGERPRINT, a peer a line; changed by 'trust', read again while the daemon runs\n";

    private readonly string _directory = System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path))!;
    private readonly Lock _lock = new();
    private byte[] _seen = [];
    private PeerList _list = PeerList.Empty;
    private string? _unreadable;

    /// <summary>Raised after a reading that differs from the one before, on the thread that read. Handlers must not throw.</summary>
    public event Action<TrustedPeersChange>? Changed;

    /// <summary>The file.</summary>
    public string Path { get; } = path;

    /// <summary>All trusted peers, in the file's order.</summary>
    public IReadOnlyList<TrustedPeer> All => Refresh().All;

    /// <summary>The trusted peers of a state directory.</summary>
    public static TrustedPeers In(string stateDirectory) => new(System.IO.Path.Combine(stateDirectory, FileName));

    /// <summary>The peer with this key, if it is trusted now.</summary>
    public bool TryFind(Fingerprint fingerprint, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out TrustedPeer? peer)
    {
        peer = Refresh().Find(fingerprint);
        return peer is not null;
    }

    /// <summary>The peer with this name, if there is one now.</summary>
    public bool TryFind(string name, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out TrustedPeer? peer)
    {
        peer = Refresh().Find(name);
        return peer is not null;
    }

    /// <summary>Trusts <paramref name="fingerprint"/> under <paramref name="name"/>. Several processes may do so at once.</summary>
    /// <exception cref="ArgumentException">The name breaks the rule of <see cref="PeerName"/>, or the fingerprint is nobody's.</exception>
    /// <exception cref="IOException">The file can't be written, or would be too long to be read again.</exception>
    public TrustResult Add(Fingerprint fingerprint, string name)
    {
        if (!PeerName.IsValid(name) || fingerprint.IsDefault)
        {
            throw new ArgumentException(PeerName.Rule, nameof(name));
        }

        using FileStream exclusive = StateFile.Lock(_directory);
        PeerList list = Refresh();
        if (list.Find(fingerprint) is { } sameKey)
        {
            return sameKey.Name == name ? TrustResult.AlreadyTrusted : TrustResult.FingerprintTaken;
        }

        if (list.Find(name) is not null)
        {
            return TrustResult.NameTaken;
        }

        string text = ReadText() ?? Preamble;
        string separator = text.Length == 0 || text.EndsWith('\n') ? "" : "\n";
        Write($"{text}{separator}{name} {fingerprint}\n");
        return TrustResult.Added;
    }

    /// <summary>Trusts the peer of this name no longer; its comments and all other lines stay.</summary>
    /// <returns>Whether there was one.</returns>
    /// <exception cref="IOException">The file can't be written.</exception>
    public bool Remove(string name)
    {
        using FileStream exclusive = StateFile.Lock(_directory);
        string[] lines = (ReadText() ?? "").Split('\n');
        string[] others = Array.FindAll(lines, line => !PeerList.NameIn(line).SequenceEqual(name));
        if (name.Length == 0 || others.Length == lines.Length)
        {
            return false;
        }

        Write(string.Join('\n', others));
        return true;
    }

    /// <summary>Looks at the file every <paramref name="period"/>, so that <see cref="Changed"/> is raised for changes that no handshake notices.</summary>
    public IDisposable Watch(TimeProvider time, TimeSpan period)
    {
        Refresh();
        return time.CreateTimer(static state => ((TrustedPeers)state!).Refresh(), this, period, period);
    }

    private PeerList Refresh()
    {
        TrustedPeersChange? change = null;
        PeerList current;
        lock (_lock)
        {
            string? unreadable = null;
            byte[]? bytes = null;
            try
            {
                bytes = StateFile.Read(Path, PeerList.MaxFileBytes) ?? [];
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Whom we trusted a moment ago stays trusted: a file that can't be read for once must not cut every link.
                unreadable = e.Message;
            }

            if (bytes is not null && !bytes.AsSpan().SequenceEqual(_seen))
            {
                PeerList before = _list;
                _seen = bytes;
                _list = PeerList.Parse(bytes);
                change = Difference(before, _list);
            }
            else if (unreadable is not null && unreadable != _unreadable)
            {
                change = new TrustedPeersChange([], [], [unreadable]);
            }

            _unreadable = unreadable;
            current = _list;
        }

        if (change is not null)
        {
            Changed?.Invoke(change);
        }

        return current;
    }

    private static TrustedPeersChange Difference(PeerList before, PeerList now) => new(
        [.. now.All.Where(peer => before.Find(peer.Fingerprint) != peer)],
        [.. before.All.Where(peer => now.Find(peer.Fingerprint) != peer)],
        now.Problems);

    private string? ReadText() => StateFile.Read(Path, PeerList.MaxFileBytes) is { } bytes ? Encoding.UTF8.GetString(bytes) : null;

    private void Write(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        if (bytes.Length > PeerList.MaxFileBytes)
        {
            throw new IOException($"{Path} would have {bytes.Length} bytes; at most {PeerList.MaxFileBytes} are read. Remove peers that are gone.");
        }

        StateFile.Replace(Path, bytes);
        Refresh();
    }
}
