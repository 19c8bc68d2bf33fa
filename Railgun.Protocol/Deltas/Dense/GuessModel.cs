using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Railgun.Protocol.Deltas.Dense;

/// <summary>
/// Learns how far guesses can be trusted: by their kind, by how the last guesses of the same byte behind the same two bytes went, and by how
/// those of the same byte in a trail of the same <see cref="TrailKind.GroupOf"/> did.
/// </summary>
internal sealed unsafe class GuessModel : IDisposable
{
    private const int TextLog = 14;
    private const int Texts = 1 << TextLog;
    private const int Alone = 8 * 256;

    /// <summary>How much a start is worth.</summary>
    private const int FirstSeen = 2;

    /// <summary>What a history says at first on the mixing scale, in 128ths: for each right guess behind the text, each wrong one, and by the record of the byte alone.</summary>
    private const int EachHit = 55;
    private const int EachMiss = -185;
    private static readonly int[] EachRecord = [0, -92, 37, 0];

    private static readonly BitModel[] First = MakeFirst();

    private readonly BitModel* _chances;
    private readonly byte* _texts;
    private readonly byte* _alone;
    private bool _disposed;

    /// <summary>Takes its memory.</summary>
    public GuessModel()
    {
        _texts = (byte*)NativeMemory.AlignedAlloc(Texts + Alone, 64);
        _alone = _texts + Texts;
        _chances = (BitModel*)NativeMemory.AlignedAlloc((nuint)(First.Length * sizeof(BitModel)), 64);
    }

    /// <summary>Gives the memory back if nobody did.</summary>
    ~GuessModel() => Release();

    /// <summary>Forgets what it learnt.</summary>
    public void Clear()
    {
        new Span<byte>(_texts, Texts + Alone).Fill(GuessHistory.None);
        First.CopyTo(new Span<BitModel>(_chances, First.Length));
    }

    /// <summary>How likely guesses of a kind are right, to compare.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint Trust(int kind) => _chances[Place(kind, GuessHistory.None, 0)].Chance;

    /// <summary>Codes whether the guess is right.</summary>
    /// <param name="coder">Where to, or where from.</param>
    /// <param name="hit">Whether it is; a decoder gives anything.</param>
    /// <param name="guess">The byte guessed.</param>
    /// <param name="kind">The <see cref="TrailKind"/> of the guess.</param>
    /// <param name="group">The <see cref="TrailKind"/>'s group.</param>
    /// <param name="recent">The bytes before, the latest lowest.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Code<TCoder>(ref TCoder coder, bool hit, int guess, int kind, int group, ulong recent)
        where TCoder : struct, IBitCoder, allows ref struct
    {
        byte* text = _texts + Hash(((uint)recent & 0xFFFF) | ((uint)guess << 16));
        byte* alone = _alone + ((group << 8) + guess);
        int bit = BitCoding.Code(ref coder, hit ? 1 : 0, ref _chances[Place(kind, *text, GuessHistory.RecordOf(*alone))]);
        *text = GuessHistory.After(*text, bit);
        *alone = GuessHistory.After(*alone, bit);
        return bit != 0;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Release();
        GC.SuppressFinalize(this);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Hash(uint text) => (text * 0x9E3779B1) >> (32 - TextLog);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Place(int kind, int text, int record) => (((kind * GuessHistory.Count) + text) * GuessHistory.Records) + record;

    private static BitModel[] MakeFirst()
    {
        var first = new BitModel[TrailKind.Count * GuessHistory.Count * GuessHistory.Records];
        for (int i = 0; i < first.Length; i++)
        {
            int text = i / GuessHistory.Records % GuessHistory.Count;
            int place = Logistic.Stretch(TrailKind.FirstChance(i / GuessHistory.Records / GuessHistory.Count))
                + (EachHit * GuessHistory.HitsOf(text)) + (EachMiss * GuessHistory.MissesOf(text)) + EachRecord[i % GuessHistory.Records];
            first[i] = new BitModel(Logistic.Squash(place), FirstSeen);
        }

        return first;
    }

    private void Release()
    {
        if (!_disposed)
        {
            _disposed = true;
            NativeMemory.AlignedFree(_texts);
            NativeMemory.AlignedFree(_chances);
        }
    }
}
