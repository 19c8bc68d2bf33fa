using Railgun.Hosting.Configuration;
using Railgun.Hosting.Options;
using Railgun.Sender.Coding;
using Railgun.Sender.Exchanges;
using Railgun.Sender.Origin;

namespace Railgun.Sender.Startup;

/// <summary>What the sender can be told.</summary>
internal sealed class SenderOptions : DaemonOptions
{
    /// <summary>The origin web server.</summary>
    public OriginOptions Origin { get; set; } = new();

    /// <summary>How hard it works on bodies.</summary>
    public CodingOptions Coding { get; set; } = new();

    /// <summary>How much is under way at one time.</summary>
    public ExchangeLimits Limits { get; set; } = new();

    /// <summary>What counts as credentials; give the listener the same.</summary>
    public CredentialSettings Credentials { get; set; } = new();

    /// <inheritdoc/>
    public override void Validate(Mistakes mistakes)
    {
        base.Validate(mistakes);
        Origin.Validate(mistakes, "origin");
        Coding.Validate(mistakes, "coding");
        Limits.Validate(mistakes, "limits");
        Credentials.Validate(mistakes, "credentials");
        if (Link.Dial.Count == 0 && Link.Listen.Count == 0)
        {
            mistakes.Add("link.dial", "no listener is named", "write where railgun-listener takes lanes, such as --listener edge.example:2408");
        }
    }
}
