namespace Railgun.Protocol.Heads;

/// <summary>The first byte of each instruction of a head block (WIRE_FORMAT.md, Head blocks).</summary>
internal static class FieldOp
{
    /// <summary>0x00 to 0x3F: as many fields as predicted, one more than the byte says.</summary>
    public const byte MaxRun = 0x3F;

    /// <summary>The entry in a slot (v).</summary>
    public const byte Indexed = 0x40;

    /// <summary>The predicted entry's name with a new value, which is entered.</summary>
    public const byte PredictedName = 0x41;

    /// <summary>The name of the entry in a slot (v) with a new value, which is entered.</summary>
    public const byte IndexedName = 0x42;

    /// <summary>A new name with a value, which are entered.</summary>
    public const byte NewName = 0x43;

    /// <summary>Added to the three ops above: the field is not entered.</summary>
    public const byte NotEntered = 0x04;

    /// <summary>0x80 to 0xFE: like <see cref="PredictedName"/>, the value's length is in the low seven bits.</summary>
    public const byte ShortPredictedName = 0x80;

    /// <summary>The longest value of <see cref="ShortPredictedName"/>.</summary>
    public const int MaxShortValue = 0x7E;
}
