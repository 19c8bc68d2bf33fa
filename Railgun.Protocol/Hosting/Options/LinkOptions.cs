using System.Buffers;
using Railgun.Hosting.Configuration;

namespace Railgun.Hosting.Options;

/// <summary>The link between the two sides. Either side may dial or accept; usually the sender dials.</summary>
internal sealed class LinkOptions
{
    /// <summary>The port where lanes are accepted and dialled unless another is given.</summary>
    public const int DefaultPort = 2408;

    private const int LongestName = 15;

    private static readonly SearchValues<char> NameCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789_-");

    /// <summary>
    /// Where lanes are accepted.
    /// <value>Default: the daemon's: <c>0.0.0.0:2408</c> for the listener, nowhere for the sender. At most 16.</value>
    /// </summary>
    public List<ListenAddress> Listen { get; set; } = [];

    /// <summary>
    /// Whom to dial.
    /// <value>Default: nobody. At most 64.</value>
    /// </summary>
    public List<HostPort> Dial { get; set; } = [];

    /// <summary>
    /// Lanes of each link that this side dials.
    /// <value>Default: 2. From 1 to 16.</value>
    /// </summary>
    public int Lanes { get; set; } = 2;

    /// <summary>
    /// How long a dial may take, with TLS and hello.
    /// <value>Default: 10 s. From 1 s to 1 min.</value>
    /// </summary>
    public TimeSpan DialTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How long a request waits for a lane while there is none.
    /// <value>Default: 2 s. From 0 (does not wait) to 30 s.</value>
    /// </summary>
    public TimeSpan WaitForLane { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// How many requests wait so for one link; more fail at once.
    /// <value>Default: 1024. From 0 to 65536.</value>
    /// </summary>
    public int MaxWaiting { get; set; } = 1024;

    /// <summary>
    /// Silence after which a lane is pinged.
    /// <value>Default: 5 s. From 1 s to 1 min.</value>
    /// </summary>
    public TimeSpan PingAfter { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Silence after which a lane is given up, answered ping or not.
    /// <value>Default: 10 s. From 2 s to 5 min, and longer than <see cref="PingAfter"/>.</value>
    /// </summary>
    public TimeSpan DeadAfter { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// The congestion control asked of the kernel for each lane; where it has none of that name, or does not let this process have it, the system's own serves. Empty: the system's own.
    /// <value>Default: <c>bbr</c>. At most 15 of <c>a-z 0-9 _ -</c>.</value>
    /// </summary>
    public string Congestion { get; set; } = "bbr";

    /// <summary>
    /// What the bytes of each message on the link (requests at a listener, responses at a sender) are brought up to a multiple of, so that who watches the line learns less from lengths;
    /// messages above 16 times this to a multiple of a 16th of the power of two below, or of 64 KiB.
    /// <value>Default: 0, no padding. Up to 16 KiB; 256 bytes cost a few per cent, 1 KiB about as much as small deltas themselves.</value>
    /// </summary>
    public ByteSize PadTo { get; set; }

    /// <summary>
    /// What all lanes together may hold of bodies that nobody has taken yet. Beyond it a further lane has 256 KiB.
    /// <value>Default: 256 MiB. From 16 MiB to 64 GiB.</value>
    /// </summary>
    public ByteSize Memory { get; set; } = ByteSize.MiB(256);

    /// <summary>
    /// The most that one lane may hold so, that is, the most that its window grows to on a fast and far line; one exchange may have half of it.
    /// <value>Default: 32 MiB. From 4 MiB to 512 MiB, and at most <see cref="Memory"/>.</value>
    /// </summary>
    public ByteSize LaneMemory { get; set; } = ByteSize.MiB(32);

    /// <summary>
    /// How long a stop waits for exchanges in flight.
    /// <value>Default: 30 s. From 0 to 1 h.</value>
    /// </summary>
    public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Names every mistake.</summary>
    public void Validate(Mistakes mistakes, string path)
    {
        mistakes.AtMost($"{path}.listen", Listen.Count, 16);
        mistakes.AtMost($"{path}.dial", Dial.Count, 64);
        mistakes.Range($"{path}.lanes", Lanes, 1, 16);
        mistakes.Range($"{path}.dialTimeout", DialTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
        mistakes.Range($"{path}.waitForLane", WaitForLane, TimeSpan.Zero, TimeSpan.FromSeconds(30));
        mistakes.Range($"{path}.maxWaiting", MaxWaiting, 0, 65536);
        mistakes.Range($"{path}.pingAfter", PingAfter, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
        mistakes.Range($"{path}.deadAfter", DeadAfter, TimeSpan.FromSeconds(2), TimeSpan.FromMinutes(5));
        mistakes.Range($"{path}.memory", Memory, ByteSize.MiB(16), ByteSize.MiB(64 * 1024));
        mistakes.Range($"{path}.laneMemory", LaneMemory, ByteSize.MiB(4), ByteSize.MiB(512));
        mistakes.Range($"{path}.padTo", PadTo, default, new ByteSize(16 * 1024));
        ValidateTogether(mistakes, path);
        mistakes.Range($"{path}.drainTimeout", DrainTimeout, TimeSpan.Zero, TimeSpan.FromHours(1));
    }

    private void ValidateTogether(Mistakes mistakes, string path)
    {
        if (DeadAfter <= PingAfter)
        {
            mistakes.Add($"{path}.deadAfter", $"{Duration.Format(DeadAfter)} leaves a ping no time for its answer", $"write more than {path}.pingAfter, {Duration.Format(PingAfter)}");
        }

        if (LaneMemory.CompareTo(Memory) > 0)
        {
            mistakes.Add($"{path}.laneMemory", $"{LaneMemory} is more than all lanes together may have", $"write at most {path}.memory, {Memory}");
        }

        if (Congestion.Length > LongestName || Congestion.AsSpan().ContainsAnyExcept(NameCharacters))
        {
            mistakes.Add($"{path}.congestion", $"'{Congestion}' is no name of a congestion control", "write a name such as bbr or cubic, or nothing for the system's own");
        }
    }
}
