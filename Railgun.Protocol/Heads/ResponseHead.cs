namespace Railgun.Protocol.Heads;

/// <summary>The head of a final or informational response: status code and field lines.</summary>
internal sealed class ResponseHead
{
    /// <summary>The status code, 100 to 999 (RFC 9110 section 15).</summary>
    public required int Status { get; init; }

    /// <summary>The field lines without hop-by-hop fields. <c>Content-Length</c> is the length of the body as the origin's client would see it.</summary>
    public FieldList Fields { get => field ??= new(); init; }
}
