namespace Railgun.Protocol.Versions;

/// <summary>Whether a response becomes a version, for whom, and why.</summary>
/// <param name="Sharing">For whom.</param>
/// <param name="Reason">One of the words in <see cref="SharingReason"/>, for logs.</param>
internal readonly record struct SharingDecision(Sharing Sharing, string Reason)
{
    /// <summary>Whether the body is kept at all.</summary>
    public bool Keeps => Sharing != Sharing.None;
}
