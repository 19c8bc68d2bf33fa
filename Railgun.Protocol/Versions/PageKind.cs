namespace Railgun.Protocol.Versions;

/// <summary>What a request expects: only versions of the same kind are worth a try where not even the template is the same.</summary>
internal enum PageKind : byte
{
    /// <summary>Nothing tells.</summary>
    Unknown = 0,

    /// <summary>A page for people: HTML.</summary>
    Document = 1,

    /// <summary>Data for programs: JSON, XML, feeds.</summary>
    Data = 2,

    /// <summary>A script.</summary>
    Script = 3,

    /// <summary>A style sheet.</summary>
    Style = 4,

    /// <summary>Images, fonts, sound, film, archives.</summary>
    Packed = 5,
}
