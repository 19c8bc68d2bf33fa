namespace Railgun.Protocol.Frames;

/// <summary>The outcome of <see cref="Varint.Read"/>.</summary>
internal enum VarintStatus
{
    /// <summary>A value was read.</summary>
    Done,

    /// <summary>The bytes end inside the value.</summary>
    NeedMore,

    /// <summary>Not the shortest form.</summary>
    Invalid,
}
