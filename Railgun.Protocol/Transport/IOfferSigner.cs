using Railgun.Protocol.Deltas.Signatures;
using Railgun.Protocol.Engine;

namespace Railgun.Protocol.Transport;

/// <summary>Listener: makes signatures of the versions that a request offers, and says what else may be a base. Asked once a lane is chosen, for seeds and what the sender holds depend on it.</summary>
internal interface IOfferSigner
{
    /// <summary>Whether the answer may be coded against a body that the lane brings just before it, which is nobody's to offer yet.</summary>
    bool TakesFresh { get; }

    /// <summary>The signature that goes along with the request; empty where the sender is known to hold the version, or it is too short.</summary>
    /// <param name="epoch">The sender's store epoch.</param>
    /// <param name="seed">The lane's seed.</param>
    OfferSignature SignBest(ulong epoch, SignatureSeed seed);
}
