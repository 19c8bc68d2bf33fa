namespace Railgun.Sender.Coding;

/// <summary>When deltas are made at the dense level.</summary>
internal enum DenseUse
{
    /// <summary>Where that is faster end to end, or shorter and no slower (<see cref="DenseGain"/>).</summary>
    Auto,

    /// <summary>Wherever it makes the delta shorter, whatever the work: for links whose bytes are paid for.</summary>
    Always,

    /// <summary>Nowhere, unless the listener understands dense deltas only: for an origin whose processors have no time to spare.</summary>
    Never,
}
