using Railgun.Protocol.Heads;
using Railgun.Protocol.Transport;
using Railgun.Protocol.Versions;

namespace Railgun.Listener.Senders;

/// <summary>The senders that this listener trusts, by the names that it trusts them under. Thread-safe.</summary>
internal interface ISenders
{
    /// <summary>A lane has come or gone. Raised on any thread; handlers must not block.</summary>
    event Action Changed
    {
        add
        {
        }

        remove
        {
        }
    }

    /// <summary>Whether the sender has a live lane.</summary>
    bool IsUp(string name);

    /// <summary>Opens an exchange with a sender; while it has no lane, waits for one as long as configured. Step 3 of a request's life.</summary>
    /// <param name="name">The sender's name.</param>
    /// <param name="head">The request.</param>
    /// <param name="hasBody">Whether a body follows.</param>
    /// <param name="offers">The versions offered as bases.</param>
    /// <param name="signer">Signs one of them where the sender may not hold it.</param>
    /// <param name="cancellation">The client is gone.</param>
    ValueTask<OpenedExchange> OpenAsync(
        string name, RequestHead head, bool hasBody, IReadOnlyList<VersionName> offers, IOfferSigner signer, CancellationToken cancellation);
}
