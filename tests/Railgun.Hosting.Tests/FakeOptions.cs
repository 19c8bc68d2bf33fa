using System.Text.Json.Nodes;
using Railgun.Hosting.Configuration;
using Railgun.Hosting.Options;

namespace Railgun.Hosting.Tests;

/// <summary>Options with a value of each kind.</summary>
internal sealed class FakeOptions : DaemonOptions
{
    public Uri? Origin { get; set; }

    public List<ListenAddress> Http { get; set; } = [];

    public FakeSection Section { get; set; } = new();

    public Dictionary<string, FakeSection> Sites { get; set; } = [];

    public List<FakeSection> Rules { get; set; } = [];

    public IReadOnlyList<string> Words { get; set; } = ["default"];

    public JsonObject? Open { get; set; }

    public override void Validate(Mistakes mistakes)
    {
        base.Validate(mistakes);
        if (Origin is null)
        {
            mistakes.Add("origin", "there is no origin", "write --origin URL");
        }
    }
}
