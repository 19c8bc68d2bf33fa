namespace Railgun.Protocol.Deltas.Fast;

/// <summary>How one kind of copy is coded.</summary>
internal struct KindRow
{
    /// <summary>The code of addresses; one symbol without bits where the kind says none.</summary>
    public CodeView Addresses;

    /// <summary>The code of lengths.</summary>
    public CodeView Lengths;
}
