namespace Railgun.Protocol.Heads;

/// <summary>
/// What a coder expects of each decision in a head block, learnt as heads pass. None of it is learnt from the text of values: only from which decisions were taken.
/// Those of fields and of pieces are apart.
/// </summary>
internal sealed class HeadModel
{
    private const int Forms = 8;

    /// <summary>What follows is what was predicted; by history.</summary>
    public ushort[] Hit { get; } = BitModel.Make(History.Count);

    /// <summary>It is a name further back among those that followed; by how many were passed.</summary>
    public ushort[] OtherName { get; } = BitModel.Make(NameTable.MaxSuccessors);

    /// <summary>It is a name that the table does not have.</summary>
    public ushort NewName = BitModel.Even;

    /// <summary>Fields: the length of a new name.</summary>
    public NumberModel NameLength { get; } = new();

    /// <summary>Pieces: there is none any more.</summary>
    public ushort End = BitModel.Even;

    /// <summary>The value is new; by history.</summary>
    public ushort[] NewValue { get; } = BitModel.Make(History.Count);

    /// <summary>The rank of a value that is not new.</summary>
    public NumberModel Rank { get; } = new();

    /// <summary>The bits of a form; by the last form and the bits before.</summary>
    public ushort[] Form { get; } = BitModel.Make(Forms * Forms);

    /// <summary>A text is as long as the last.</summary>
    public ushort SameLength = BitModel.Even;

    /// <summary>The length of a text.</summary>
    public NumberModel Length { get; } = new();

    /// <summary>A date is as far off as the last.</summary>
    public ushort SameOffset = BitModel.Even;

    /// <summary>A date lies before the lane's.</summary>
    public ushort Before = BitModel.Even;

    /// <summary>How far before, in seconds.</summary>
    public NumberModel SecondsBefore { get; } = new();

    /// <summary>How far behind, in seconds.</summary>
    public NumberModel SecondsBehind { get; } = new();

    /// <summary>A decimal number.</summary>
    public NumberModel Decimal { get; } = new();

    /// <summary>The model of one of the three bits of a form; <paramref name="node"/> is 1 and the bits before.</summary>
    public ref ushort FormBit(ValueForm last, int node) => ref Form[((int)last * Forms) + node];
}
