namespace Railgun.Protocol.Heads;

/// <summary>Where a coder stands in a head, or in the pieces of a value: behind which field or piece.</summary>
/// <param name="Name">The name of what stands before; at the start, the static name of the kind of head or pieces.</param>
/// <param name="Slot">The entry of what stands before; <see cref="FieldTable.None"/> at the start, and behind what is no entry.</param>
/// <param name="AtStart">Whether nothing stands before.</param>
internal readonly record struct Place(int Name, int Slot, bool AtStart)
{
    /// <summary>Whether this is a place among the pieces of a value.</summary>
    public bool InPieces => Name is >= StaticNames.FirstPieces and < StaticNames.FirstField;

    /// <summary>The place before the first field of a head, or piece of a value.</summary>
    public static Place Start(int name) => new(name, FieldTable.None, AtStart: true);

    /// <summary>Whether an entry of that name can come next: pieces among pieces of their kind, fields among fields.</summary>
    public bool MayBeFollowedBy(int name) => InPieces ? name == Name : name >= StaticNames.FirstField;
}
