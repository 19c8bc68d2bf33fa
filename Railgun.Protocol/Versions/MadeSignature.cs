using Railgun.Protocol.Deltas.Signatures;

namespace Railgun.Protocol.Versions;

/// <summary>The signature that a version has.</summary>
/// <param name="Seed">What it was made with.</param>
/// <param name="Bytes">The signature.</param>
internal sealed record MadeSignature(SignatureSeed Seed, byte[] Bytes);
