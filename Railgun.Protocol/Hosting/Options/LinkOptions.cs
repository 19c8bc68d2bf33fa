using Railgun.Hosting.Configuration;

namespace Railgun.Hosting.Options;

/// <summary>The link between the two sides. Either side may dial or accept; usually the sender dials.</summary>
internal sealed class LinkOptions
{
    /// <summary>The port where lanes are accepted and dialled unless another is given.</summary>
    public const int DefaultPort = 2408;

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
        mistakes.Range($"{path}.drainTimeout", DrainTimeout, TimeSpan.Zero, TimeSpan.FromHours(1));
    }
}
