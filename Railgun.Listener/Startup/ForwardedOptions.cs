using Railgun.Hosting.Configuration;

namespace Railgun.Listener.Startup;

/// <summary>How the origin is told for whom the listener asks. Section <c>forwarded</c> of the configuration. Routes with transforms of their own for this keep them.</summary>
internal sealed class ForwardedOptions
{
    /// <summary>
    /// In which fields.
    /// <value>Default <see cref="ForwardedFields.XForwarded"/>.</value>
    /// </summary>
    public ForwardedFields Fields { get; set; } = ForwardedFields.XForwarded;

    /// <summary>
    /// Clients that are proxies themselves and tell the truth: what they say in these fields stays, and is added to. What others say is taken away.
    /// <value>Default: none. At most 64 addresses or networks.</value>
    /// </summary>
    public List<string> Trusted { get; set; } = [];

    /// <summary>Names every mistake.</summary>
    public void Validate(Mistakes mistakes, string path) => Networks.Validate(mistakes, $"{path}.trusted", Trusted);
}
