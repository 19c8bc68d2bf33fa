using Railgun.Protocol.Deltas.Dense;

namespace Railgun.Protocol.Deltas;

/// <summary>A version that a target is coded against. The default value is no base.</summary>
/// <param name="Body">Its bytes, at most <see cref="DeltaLimits.MaxBase"/>; they must stay as they are until the encoding is over.</param>
/// <param name="Index">
/// The index of that body, shared with other encodings; null: only its text around the expected place is searched. The dense level does without.
/// </param>
/// <param name="Places">What the dense level looks up in that body, shared likewise; null: made for this one encoding, where it is needed.</param>
/// <param name="IndexedFrom">Where an index begins that is made for this one encoding: what of a long body is worth one.</param>
internal readonly record struct DeltaBase(ReadOnlyMemory<byte> Body, BaseIndex? Index, BasePlaces? Places = null, int IndexedFrom = 0);
