namespace Railgun.Protocol.Frames;

/// <summary>The settings of hello (WIRE_FORMAT.md, Hello).</summary>
internal enum HelloSetting : ulong
{
    /// <summary>The credit that each stream starts with, in bytes, towards the side that says it.</summary>
    StreamWindow = 1,

    /// <summary>The credit that the lane starts with, in bytes, towards the side that says it.</summary>
    LaneWindow = 2,

    /// <summary>The most streams open at once.</summary>
    MaxStreams = 3,

    /// <summary>The codecs that the side can decode (listener) or encode (sender), as bits.</summary>
    Codecs = 4,

    /// <summary>The bytes of the field table that the side decodes heads with.</summary>
    HeadTable = 5,
}
