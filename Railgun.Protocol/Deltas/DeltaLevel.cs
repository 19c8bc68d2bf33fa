namespace Railgun.Protocol.Deltas;

/// <summary>How hard the entropy coder works. Each level has coded bytes of its own: both sides must mean the same one.</summary>
internal enum DeltaLevel : byte
{
    /// <summary>At the speed of memory: prefix codes that follow what is coded.</summary>
    Fast = 0,

    /// <summary>Fewest bytes: binary context models, range coded.</summary>
    Dense = 1,
}
