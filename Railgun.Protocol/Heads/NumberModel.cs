namespace Railgun.Protocol.Heads;

/// <summary>
/// What is expected of one kind of number. A number v is coded as v + 1 in Exp-Golomb form: how many bits follow the leading one, told one by one and learnt, then
/// those bits, of which only the first is learnt (WIRE_FORMAT.md, Numbers).
/// </summary>
internal sealed class NumberModel
{
    /// <summary>The most bits behind the leading one.</summary>
    public const int MaxBits = 60;

    /// <summary>The largest number, 2^60 - 2.</summary>
    public const ulong Max = (1UL << MaxBits) - 2;

    /// <summary>For each count of bits: is it more than that?</summary>
    public ushort[] Longer { get; } = BitModel.Make(MaxBits + 1);

    /// <summary>For each count of bits: the first of them.</summary>
    public ushort[] First { get; } = BitModel.Make(MaxBits + 1);
}
