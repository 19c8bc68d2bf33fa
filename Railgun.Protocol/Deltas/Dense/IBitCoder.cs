namespace Railgun.Protocol.Deltas.Dense;

/// <summary>
/// Codes bits in one direction. An encoder writes the bit that it is given and returns it; a decoder ignores it and returns the one that
/// it reads. So one description of the models serves both sides and they cannot differ.
/// </summary>
internal interface IBitCoder
{
    /// <summary>Codes a bit whose chance to be 1 is <paramref name="chance"/> 65,536ths (1 to 65,535).</summary>
    int Code(int bit, uint chance);
}
