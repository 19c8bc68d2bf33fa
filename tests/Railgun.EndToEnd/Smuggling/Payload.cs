namespace Railgun.EndToEnd.Smuggling;

/// <summary>What a hostile client sends on a connection of its own. Two parsers in a row could read it differently, so nobody may pass it on.</summary>
/// <param name="Name">What it tries.</param>
/// <param name="Bytes">All bytes of the connection, behind HTTP/2's preface where it is that.</param>
/// <param name="FaultInBody">Whether the head is in order, so that it may be on its way to the origin when the fault shows.</param>
internal sealed record Payload(string Name, byte[] Bytes, bool FaultInBody = false)
{
    /// <summary>The path that the payload asks for; it stands in <see cref="Bytes"/>.</summary>
    public const string Path = "/hostile";

    /// <summary>The path of what it would smuggle in.</summary>
    public const string Smuggled = "/smuggled";

    /// <inheritdoc/>
    public override string ToString() => Name;
}
