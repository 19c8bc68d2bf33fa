using Railgun.Protocol.Versions;

namespace Railgun.Listener.Startup;

/// <summary>What counts as credentials (<see cref="CredentialOptions"/>).</summary>
internal sealed class CredentialSettings
{
    /// <summary>
    /// Names of request fields that are credentials, beside those that always are; <c>*</c> stands for any characters.
    /// <value>Default: none.</value>
    /// </summary>
    public List<string> Headers { get; set; } = [];

    /// <summary>
    /// Names of cookies that no answer depends on; <c>*</c> stands for any characters.
    /// <value>Default: none.</value>
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

    /// <summary>The same for the rules.</summary>
    public CredentialOptions ToOptions() => new()
    {
        CredentialHeaders = Headers,
        IgnoredCookies = IgnoredCookies,
        IgnoreKnownCookies = IgnoreKnownCookies,
        ShareAmongAllUsers = ShareAmongAllUsers,
    };
}
