namespace Railgun.Protocol.Heads;

/// <summary>
/// What is expected of one kind of yes-or-no decision: the probability of yes in 4096ths, moved a sixteenth of the way to each outcome. It never reaches
/// 0 or 4096, so any outcome can be coded. Both coders move it alike.
/// </summary>
internal static class BitModel
{
    /// <summary>Probabilities are parts of <c>1 &lt;&lt; Bits</c>.</summary>
    public const int Bits = 12;

    /// <summary>Before anything is known.</summary>
    public const ushort Even = 1 << (Bits - 1);

    private const int Rate = 4;

    /// <summary>Learns an outcome.</summary>
    public static void Learn(ref ushort model, bool yes) =>
        model = (ushort)(yes ? model + (((1 << Bits) - model) >> Rate) : model - (model >> Rate));

    /// <summary>Makes <paramref name="count"/> models that know nothing.</summary>
    public static ushort[] Make(int count)
    {
        var models = new ushort[count];
        Array.Fill(models, Even);
        return models;
    }
}
