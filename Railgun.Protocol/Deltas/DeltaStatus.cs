namespace Railgun.Protocol.Deltas;

/// <summary>Where <see cref="DeltaDecoder.Decode"/> stopped, and what it wants next.</summary>
internal enum DeltaStatus : byte
{
    /// <summary>All coded bytes are taken and all they stand for is written: more coded bytes are needed.</summary>
    NeedCoded,

    /// <summary>The output is full; there is more to write. Call again with room.</summary>
    OutputFull,

    /// <summary>A segment is written to its end: the target so far can be checked. The next call goes on with the next segment.</summary>
    SegmentEnd,

    /// <summary>The target is written to its end. Coded bytes beyond it are not taken.</summary>
    End,

    /// <summary>The coded bytes break a rule of DELTA_FORMAT.md. The decoder stays here until it is started again.</summary>
    Invalid,

    /// <summary>The target would be longer than allowed. The decoder stays here until it is started again.</summary>
    LimitExceeded,
}
