using Railgun.Protocol.Versions;

namespace Railgun.Hosting.Options;

/// <summary>What counts as credentials (<see cref="CredentialOptions"/>). Give both sides of a link the same.</summary>
internal sealed class CredentialSettings
{
    /// <summary>
    /// Names of request fields that are credentials, beside those that always are; <c>*</c> stands for any characters.
    /// <value>Default: none. At most 256.</value>
    /// </summary>
    public List<string> Headers { get; set; } = [];

    /// <summary>
    /// Names of request fields that only scripts send, such as <c>Authorization</c> with tokens (<see cref="CredentialOptions.SentByScripts"/>): answers to other sites' scripts that have them are coded.
    /// <value>Default: none. At most 256.</value>
    /// </summary>
    public List<string> SentByScripts { get; set; } = [];

    /// <summary>
    /// Names of cookies that no answer depends on; <c>*</c> stands for any characters.
    /// <value>Default: none. At most 256.</value>
    /// </summary>
    public List<string> IgnoredCookies { get; set; } = [];

    /// <summary>
    /// Whether the well-known cookies of analytics and consent are ignored too.
    /// <value>Default: true.</value>
    /// </summary>
    public bool IgnoreKnownCookies { get; set; } = true;

    /// <summary>
    /// Whether all users share versions, whatever their credentials. The risk stands at <see cref="CredentialOptions.ShareAmongAllUsers"/>.
    /// <value>Default: false.</value>
    /// </summary>
    public bool ShareAmongAllUsers { get; set; }

    /// <summary>Names every mistake.</summary>
    public void Validate(Configuration.Mistakes mistakes, string path)
    {
        mistakes.AtMost($"{path}.headers", Headers.Count, 256);
        mistakes.AtMost($"{path}.sentByScripts", SentByScripts.Count, 256);
        mistakes.AtMost($"{path}.ignoredCookies", IgnoredCookies.Count, 256);
    }

    /// <summary>The same for the rules.</summary>
    public CredentialOptions ToOptions() => new()
    {
        CredentialHeaders = Headers,
        SentByScripts = SentByScripts,
        IgnoredCookies = IgnoredCookies,
        IgnoreKnownCookies = IgnoreKnownCookies,
        ShareAmongAllUsers = ShareAmongAllUsers,
    };
}
