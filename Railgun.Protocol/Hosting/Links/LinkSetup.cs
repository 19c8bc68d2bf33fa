using Railgun.Hosting.Options;
using Railgun.Hosting.Running;
using Railgun.Protocol.Engine;
using Railgun.Protocol.Transport;

namespace Railgun.Hosting.Links;

/// <summary>How a daemon's options become those of its links.</summary>
internal static class LinkSetup
{
    /// <summary>Every codec that there is, as bits (1 &lt;&lt; <see cref="Codec"/>).</summary>
    public const uint AllCodecs =
        (1u << (int)Codec.Identity) | (1u << (int)Codec.Lz4) | (1u << (int)Codec.Zstd) | (1u << (int)Codec.Delta) | (1u << (int)Codec.DenseDelta)
        | CodecKinds.Signatures | CodecKinds.Fresh;

    /// <summary>The options of the links of a daemon in this role.</summary>
    public static LinkHubOptions Of<TOptions>(DaemonContext<TOptions> context, LinkRole role)
        where TOptions : DaemonOptions
    {
        LinkOptions link = context.Options.Link;
        bool listener = role == LinkRole.Listener;
        return new LinkHubOptions
        {
            Role = role,
            Identity = context.Identity,
            Peers = context.Peers,
            Time = context.Time,
            Software = $"railgun/{ProgramVersion.Text}",
            Program = listener ? "railgun-listener" : "railgun-sender",
            PeerProgram = listener ? "railgun-sender" : "railgun-listener",
            Codecs = AllCodecs,
            Lanes = link.Lanes,
            WaitForLane = link.WaitForLane,
            MaxWaiting = link.MaxWaiting,
            ConnectTimeout = link.DialTimeout,
            Memory = new ReceiveMemory(link.Memory.Bytes, (int)link.LaneMemory.Bytes),
            PingAfter = link.PingAfter,
            DeadAfter = link.DeadAfter,
            Congestion = link.Congestion,
            PadTo = (int)link.PadTo.Bytes,
        };
    }
}
