using System.Text.Json;
using System.Text.Json.Serialization;

namespace Railgun.Try.Visits;

/// <summary>What the listener's access log says about one exchange: the members read here, of those that OPERATIONS.md lists.</summary>
internal sealed record LinkUse
{
    /// <summary>The request target as sent.</summary>
    [JsonPropertyName("target")]
    public string Target { get; init; } = "";

    /// <summary>Bytes of this exchange's frames from the sender.</summary>
    [JsonPropertyName("linkDown")]
    public long Down { get; init; }

    /// <summary>Bytes of this exchange's frames to the sender.</summary>
    [JsonPropertyName("linkUp")]
    public long Up { get; init; }

    /// <summary>The name of the version that the delta was made against; empty for none.</summary>
    [JsonPropertyName("base")]
    public string Base { get; init; } = "";

    /// <summary>Why there was no base.</summary>
    [JsonPropertyName("reason")]
    public string Reason { get; init; } = "";

    /// <summary>Reads a line of the listener's output; null where it is not of the access log.</summary>
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
