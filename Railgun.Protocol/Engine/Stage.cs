namespace Railgun.Protocol.Engine;

/// <summary>Whose fault it is: the part of the path where something failed. The numbers are on the wire (WIRE_FORMAT.md, RESET).</summary>
internal enum Stage : byte
{
    /// <summary>The HTTP client, or its connection to the listener.</summary>
    Client = 1,

    /// <summary>The listener.</summary>
    Listener = 2,

    /// <summary>The line between listener and sender.</summary>
    Link = 3,

    /// <summary>The sender.</summary>
    Sender = 4,

    /// <summary>The origin web server, or the sender's connection to it.</summary>
    Origin = 5,
}
