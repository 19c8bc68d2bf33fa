using System.Runtime.CompilerServices;

namespace Railgun.Protocol.Deltas.Dense;

/// <summary>What the trails say of the next byte, the more trusted first.</summary>
/// <param name="First">The first guess.</param>
/// <param name="Kind">Its <see cref="TrailKind"/>.</param>
/// <param name="Second">Another guess; -1 for none.</param>
/// <param name="SecondKind">Its kind.</param>
internal readonly record struct Guesses(int First, int Kind, int Second, int SecondKind)
{
    private const int Younger = 64;

    /// <summary>Asks both; <paramref name="wrong"/>: the elder is known to be wrong, and still comes first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Guesses Of(in Trail elder, in Trail younger, bool wrong, GuessModel model)
    {
        if (younger.Next == null)
        {
            return elder.Next == null ? new Guesses(0, TrailKind.None, -1, 0) : new Guesses(*elder.Next, TrailKind.Of(elder.Agreed, elder.Misses), -1, 0);
        }

        int kind = Younger + TrailKind.Of(younger.Agreed, younger.Misses);
        if (elder.Next == null)
        {
            return new Guesses(*younger.Next, kind, -1, 0);
        }

        int elderKind = TrailKind.Of(elder.Agreed, elder.Misses);
        return *elder.Next == *younger.Next ? new Guesses(*elder.Next, elderKind, -1, 0)
            : !wrong && model.Trust(kind) > model.Trust(elderKind) ? new Guesses(*younger.Next, kind, *elder.Next, elderKind)
            : new Guesses(*elder.Next, elderKind, *younger.Next, kind);
    }
}
