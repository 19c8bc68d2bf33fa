using Railgun.Protocol.Deltas.Signatures;

namespace Railgun.Sender.Coding;

/// <summary>A version that only the listener holds, as this side knows it (design: decision 6).</summary>
/// <param name="Offer">Which offer it is, 0 for the first.</param>
/// <param name="Signature">Its block signature.</param>
/// <param name="Seed">The seed that this was made with.</param>
internal sealed record SignedBase(int Offer, BlockSignature Signature, SignatureSeed Seed);
