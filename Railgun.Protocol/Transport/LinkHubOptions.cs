using Railgun.Protocol.Engine;
using Railgun.Protocol.Identity;

namespace Railgun.Protocol.Transport;

/// <summary>What the links of a process begin with.</summary>
internal sealed class LinkHubOptions
{
    /// <summary>Which side this process is.</summary>
    public required LinkRole Role { get; init; }

    /// <summary>Who this process is.</summary>
    public required NodeIdentity Identity { get; init; }

    /// <summary>Whom it links with.</summary>
    public required TrustedPeers Peers { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Name and version of the program, told to the peer.</summary>
    public string Software { get; init; } = "railgun";

    /// <summary>The program's name as a user types it, for the lines that say what to run.</summary>
    public required string Program { get; init; }

    /// <summary>The other program's name, likewise.</summary>
    public required string PeerProgram { get; init; }

    /// <summary>Codecs that this side can decode (listener) or encode (sender), as bits (1 &lt;&lt; <see cref="Codec"/>).</summary>
    public uint Codecs { get; init; } = 1u << (int)Codec.Identity;

    /// <summary>The store's epoch; random by default.</summary>
    public ulong Epoch { get; init; } = (ulong)Random.Shared.NextInt64();

    /// <summary>Lanes of each link that this side dials; 1 to 16, default 1.</summary>
    public int Lanes { get; init; } = 1;

    /// <summary>How long a request waits for a lane; default 2 s.</summary>
    public TimeSpan WaitForLane { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How many requests wait for a lane of one link at most; default 1,024.</summary>
    public int MaxWaiting { get; init; } = 1024;

    /// <summary>How long connecting, and the TLS handshake, may take; default 10 s each.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How many handshakes of accepted connections run at once; further ones wait to be accepted. Default 64.</summary>
    public int MaxHandshakes { get; init; } = 64;

    /// <summary>How many lanes one peer may have; default 16.</summary>
    public int MaxLanesPerPeer { get; init; } = 16;

    /// <summary>What lanes may hold of bodies that nobody has taken yet; default 256 MiB in all and 32 MiB a lane.</summary>
    public ReceiveMemory Memory { get; init; } = new(256 << 20, 32 << 20);

    /// <summary>Silence after which a lane is pinged; default 5 s.</summary>
    public TimeSpan PingAfter { get; init; } = KeepAlive.DefaultPingAfter;

    /// <summary>Silence after which a lane is given up; default 10 s.</summary>
    public TimeSpan DeadAfter { get; init; } = KeepAlive.DefaultDeadAfter;

    /// <summary>What the bytes of each request (listener) or response (sender) on the link are brought up to a multiple of, at least; default 0, no padding.</summary>
    public int PadTo { get; init; }

    /// <summary>The congestion control asked for on each connection; default <c>bbr</c>, empty leaves the system's.</summary>
    public string Congestion { get; init; } = "bbr";

    /// <summary>Decides the jitter of reconnects, so that a run can be replayed; random by default.</summary>
    public int Seed { get; init; } = Random.Shared.Next();
}
