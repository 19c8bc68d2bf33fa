using System.Text.Json.Nodes;
using Railgun.Hosting.Options;

namespace Railgun.Fuzz.Targets;

/// <summary>What both sides can be told, and a value of each other kind.</summary>
internal sealed class FuzzedOptions : DaemonOptions
{
    /// <summary>A list.</summary>
    public List<string> Words { get; set; } = [];

    /// <summary>A number.</summary>
    public int Count { get; set; }

    /// <summary>A section within.</summary>
    public FuzzedSection Nested { get; set; } = new();

    /// <summary>A section that others read.</summary>
    public JsonObject? Sites { get; set; }
}
