namespace Railgun.Protocol.Engine;

/// <summary>What a side says of itself when a lane begins (WIRE_FORMAT.md, Hello).</summary>
internal sealed class Hello
{
    /// <summary>The version of the wire format that this code speaks.</summary>
    public const uint Version = 1;

    /// <summary>The smallest window that may be announced, in bytes: one frame.</summary>
    public const int MinWindow = Limits.MaxFramePayload;

    /// <summary>The largest window that may be announced, in bytes.</summary>
    public const int MaxWindow = 1 << 30;

    /// <summary>Listener or sender.</summary>
    public required LinkRole Role { get; init; }

    /// <summary>The oldest version that the side speaks.</summary>
    public uint MinVersion { get; init; } = Version;

    /// <summary>The newest version that the side speaks.</summary>
    public uint MaxVersion { get; init; } = Version;

    /// <summary>Random, made when the process starts: lanes with the same instance belong to one link.</summary>
    public required Guid Instance { get; init; }

    /// <summary>Random, made when the store is emptied (so at each start): versions known under another epoch are gone.</summary>
    public required ulong Epoch { get; init; }

    /// <summary>Name and version of the program, for logs; at most 64 bytes.</summary>
    public string Software { get; init; } = "";

    /// <summary>The credit that each stream starts with towards this side, in bytes; default 1 MiB.</summary>
    public int StreamWindow { get; set; } = 1 << 20;

    /// <summary>The credit that the lane starts with towards this side, in bytes; default 4 MiB.</summary>
    public int LaneWindow { get; set; } = 4 << 20;

    /// <summary>The most streams that may be open at once.</summary>
    public int MaxStreams { get; set; } = Limits.MaxStreams;

    /// <summary>Codecs as bits (1 &lt;&lt; <see cref="Codec"/>); identity is always among them.</summary>
    public uint Codecs { get; set; } = 1u << (int)Codec.Identity;

    /// <summary>The bytes of the field table that this side decodes heads with; default and most 64 KiB.</summary>
    public int HeadTable { get; set; } = Heads.FieldTable.MaxBytes;
}
