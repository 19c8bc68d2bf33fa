namespace Railgun.Protocol.Deltas.Signatures;

/// <summary>A block of the version that the target has.</summary>
/// <param name="Block">Its number.</param>
/// <param name="At">Where it begins in the matcher's text.</param>
internal readonly record struct FoundBlock(int Block, int At);
