namespace Railgun.Protocol.Heads;

/// <summary>How a value that is no entry is told. The numbers are on the wire (WIRE_FORMAT.md, Values).</summary>
internal enum ValueForm : byte
{
    /// <summary>Length and bytes of <see cref="Alphabet.Text"/>.</summary>
    Text = 0,

    /// <summary>Length and bytes of <see cref="Alphabet.Hex"/>.</summary>
    Hex = 1,

    /// <summary>Length and bytes of <see cref="Alphabet.Base64"/>.</summary>
    Base64 = 2,

    /// <summary>An IMF-fixdate (RFC 9110 section 5.6.7), in seconds from the lane's date.</summary>
    Date = 3,

    /// <summary>A decimal number without leading zeros, up to 18 digits.</summary>
    Number = 4,

    /// <summary>The segments of a path, and its query.</summary>
    Path = 5,

    /// <summary>What stands between "; ".</summary>
    Semicolons = 6,

    /// <summary>What stands between ", ".</summary>
    Commas = 7,
}
