using Railgun.Protocol.Engine;
using Railgun.Protocol.Heads;
using Railgun.Protocol.Transport;
using Railgun.Protocol.Versions;
using Version = Railgun.Protocol.Versions.Version;

namespace Railgun.Listener.Rebuilding;

/// <summary>
/// Decides which bodies become versions here, and puts them into the store once they are whole and proved. Step 10 of a request's life.
/// </summary>
internal sealed class VersionKeeper(VersionStore store, CredentialRules credentials, UncodedPages uncoded)
{
    /// <summary>
    /// Starts the target of one response: it hashes for the proof, and keeps what may become a version. Null where neither is needed.
    /// </summary>
    /// <param name="head">What came, and what was asked for. Only what the sender keeps is worth keeping here.</param>
    /// <param name="isShared">Whether the principal stands for all clients without credentials of their own.</param>
    /// <param name="use">The page and who asked; gets who may have the version.</param>
    public VersionBuilder? Start(in ReceivedHead head, bool isShared, ref VersionUse use)
    {
        (RequestHead request, ResponseHead response, BodyCoding coding) = head;
        if (response.Status == StatusCodes.Status200OK && request.Method != "HEAD")
        {
            // A 304 or an error tells nothing of the page's kind; and what is coded but not kept may be coded against its siblings again.
            uncoded.Note(use.Page, coded: coding.Codec != Codec.Identity || coding.Kept);
        }

        if (coding.Kept)
        {
            use = use with { Sharing = SharingOf(request, response, isShared, use.Principal) };
            if (use.Sharing != Sharing.None)
            {
                return store.NewBuilder();
            }
        }

        return coding.Codec == Codec.Identity ? null : new VersionBuilder(maxLength: 0);
    }

    /// <summary>The version of that name, pinned for the caller, if it is here for whoever asks; else null.</summary>
    public Version? Pin(VersionName name, in VersionUse asker) => store.TryPin(name, asker, publicOnly: false, out Version? version) ? version : null;

    /// <summary>Keeps a body that is whole and proved, if it is one to keep, and tells the sender's side of it. Returns the version, which the caller releases; null if it is not kept.</summary>
    public Version? Keep(VersionBuilder target, in VersionUse use, ListenerExchange exchange)
    {
        if (use.Sharing == Sharing.None || target.Complete() is not { } version)
        {
            return null;
        }

        version.KnownIn = exchange.PeerEpoch;
        store.Put(version, use);
        exchange.Stored(version.Name);
        return version;
    }

    // What nobody may share who has no credentials, all of them together may not share either.
    private Sharing SharingOf(RequestHead request, ResponseHead response, bool isShared, Principal who) =>
        isShared && !SharingPolicy.Decide(request, Principal.Anonymous, response, credentials).Keeps
            ? Sharing.None
            : SharingPolicy.Decide(request, who, response, credentials).Sharing;
}
