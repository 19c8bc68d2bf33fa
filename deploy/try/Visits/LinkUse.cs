using System.Text.Json;
using System.Text.Json.Serialization;

namespace Railgun.Try.Visits;

/// <summary>What an access log says about one exchange: the members read here, of those that OPERATIONS.md lists.</summary>
internal sealed record LinkUse
{
    private const string NoVersion = "none";

    /// <summary>The exchange's number: the same in both sides' logs.</summary>
    [JsonPropertyName("id")]
    public ulong Id { get; init; }

    /// <summary>The request target as sent.</summary>
    [JsonPropertyName("target")]
    public string Target { get; init; } = "";

    /// <summary>The status that went out; 0 if none did.</summary>
    [JsonPropertyName("status")]
    public int Status { get; init; }

    /// <summary>Bytes of this exchange's frames from the sender, before TLS.</summary>
    [JsonPropertyName("linkDown")]
    public long Down { get; init; }

    /// <summary>Bytes of this exchange's frames to the sender, before TLS.</summary>
    [JsonPropertyName("linkUp")]
    public long Up { get; init; }

    /// <summary>How the body was coded on the link.</summary>
    [JsonPropertyName("codec")]
    public string Codec { get; init; } = "";

    /// <summary>The name of the version that the delta was made against, or <c>none</c>.</summary>
    [JsonPropertyName("base")]
    public string Base { get; init; } = NoVersion;

    /// <summary>Why there was no base; empty if there was one.</summary>
    [JsonPropertyName("noBase")]
    public string NoBase { get; init; } = "";

    /// <summary>Whose fault it is that the exchange failed; empty if it did not.</summary>
    [JsonPropertyName("stage")]
    public string Stage { get; init; } = "";

    /// <summary>Why it failed, for people; empty if it did not.</summary>
    [JsonPropertyName("reason")]
    public string Reason { get; init; } = "";

    /// <summary>Whether the body was coded against a version.</summary>
    [JsonIgnore]
    public bool HasBase => Base != NoVersion;

    /// <summary>Whether the sender had only the signature of that version.</summary>
    [JsonIgnore]
    public bool IsBySignature => Codec is "signature" or "dense-signature";

    /// <summary>Reads a line of a daemon's output; null where it is not of the access log.</summary>
    public static LinkUse? Parse(string line)
    {
        try
        {
            return line.StartsWith('{') && JsonSerializer.Deserialize<LinkUse>(line) is { Target.Length: > 0 } use ? use : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
