using Railgun.Protocol.Versions;

namespace Railgun.Sender.Coding;

/// <summary>What all exchanges code with; belongs to the daemon.</summary>
/// <param name="Store">The versions.</param>
/// <param name="Rules">Who counts as whom.</param>
/// <param name="Coders">Coders with their memory.</param>
/// <param name="Options">How hard to work.</param>
/// <param name="Time">The clock.</param>
internal sealed record CodingTools(VersionStore Store, CredentialRules Rules, Coders Coders, CodingOptions Options, TimeProvider Time);
