namespace Railgun.Protocol.Heads;

/// <summary>The head of a request: control data (RFC 9110 section 6.2) and field lines.</summary>
internal sealed class RequestHead
{
    /// <summary>The method, as sent: case matters (RFC 9110 section 9.1).</summary>
    public required string Method { get; init; }

    /// <summary><c>http</c> or <c>https</c>, as the client used it towards the listener.</summary>
    public required string Scheme { get; init; }

    /// <summary>Host and optional port, as the client asked for it; the origin gets it as <c>Host</c>.</summary>
    public required string Authority { get; init; }

    /// <summary>The request target as sent, never normalised: origin-form with its query, or <c>*</c>.</summary>
    public required string Target { get; init; }

    /// <summary>The protocol to switch to, of an upgrade or an extended CONNECT (RFC 8441), for example <c>websocket</c>; else null.</summary>
    public string? Protocol { get; init; }

    /// <summary>The field lines without <c>Host</c>, without hop-by-hop fields.</summary>
    public FieldList Fields { get => field ??= new(); init; }
}
