namespace Railgun.Protocol.Engine;

/// <summary>Which side of the link a process is. The numbers are on the wire (WIRE_FORMAT.md, Hello).</summary>
internal enum LinkRole : byte
{
    /// <summary>At the edge: takes clients' requests and opens streams.</summary>
    Listener = 1,

    /// <summary>Beside the origin: answers.</summary>
    Sender = 2,
}
