using Railgun.Listener.Senders;
using Railgun.Protocol.Heads;
using Railgun.Protocol.Transport;
using Railgun.Protocol.Versions;

namespace Railgun.Listener.Startup;

/// <summary>Stands for the senders where routes are only read and nothing is asked.</summary>
internal sealed class NoSenders : ISenders
{
    /// <inheritdoc/>
    public bool IsUp(string name) => false;

    /// <inheritdoc/>
    public ValueTask<OpenedExchange> OpenAsync(
        string name, RequestHead head, bool hasBody, IReadOnlyList<VersionName> offers, IOfferSigner signer, CancellationToken cancellation) =>
        throw new InvalidOperationException("No exchange is opened while routes are read.");
}
