namespace Railgun.Protocol.Versions;

/// <summary>What counts as credentials (design: decision 10). Both sides of a link should be given the same.</summary>
internal sealed class CredentialOptions
{
    /// <summary>
    /// Names of request fields that are credentials, beside those that always are (<see cref="KnownCredentials"/>). <c>*</c> stands for any characters;
    /// case does not matter.
    /// </summary>
    /// <value>Default: none.</value>
    public IReadOnlyList<string> CredentialHeaders { get; set; } = [];

    /// <summary>
    /// Names of request fields that no browser sends by itself, but only a script that knows their value; <c>*</c> stands for any characters, case does not matter. A request of another site whose
    /// credentials all stand in such fields can't be that site's doing. Of <c>Authorization</c>, what browsers send by themselves (Basic, Digest, NTLM, Negotiate) is never among them.
    /// </summary>
    /// <value>Default: none.</value>
    /// <remarks>A field that a proxy in front makes of cookies must not stand here: browsers do send those by themselves.</remarks>
    public IReadOnlyList<string> SentByScripts { get; set; } = [];

    /// <summary>
    /// Names of cookies that no answer depends on, beside the well-known ones (<see cref="KnownCookies"/>). <c>*</c> stands for any characters; case matters.
    /// </summary>
    /// <value>Default: none.</value>
    /// <remarks>A cookie that an answer does depend on must not stand here: users would get deltas against each other's pages.</remarks>
    public IReadOnlyList<string> IgnoredCookies { get; set; } = [];

    /// <summary>Whether the well-known cookies of analytics, consent and load balancers are ignored.</summary>
    /// <value>Default: true.</value>
    public bool IgnoreKnownCookies { get; set; } = true;

    /// <summary>Whether all users share all versions, whatever their credentials, <c>Set-Cookie</c> and <c>private</c> say.</summary>
    /// <value>Default: false.</value>
    /// <remarks>
    /// The risk: who can watch how long coded answers are, and make a victim's browser ask for pages, can guess at what other users' pages hold.
    /// No user ever receives another's bytes. <c>no-store</c> still holds.
    /// </remarks>
    public bool ShareAmongAllUsers { get; set; }
}
