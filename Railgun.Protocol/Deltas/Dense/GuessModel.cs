namespace Railgun.Protocol.Deltas.Dense;

/// <summary>Learns how far guesses can be trusted: by their class, by the byte guessed, and by the byte before.</summary>
internal sealed class GuessModel
{
    private const int Inputs = 4;
    private const int Groups = 8;
    private const int HashLog = 14;
    private const int Rate = 4;

    private readonly ushort[] _byKind = new ushort[Prophet.Classes * 2];
    private readonly ushort[] _byGuess = new ushort[Groups * 256];
    private readonly ushort[] _byBoth = new ushort[1 << HashLog];
    private readonly int[] _weights = new int[Prophet.Classes * Inputs];

    /// <summary>Forgets what it learnt.</summary>
    public void Clear()
    {
        _byGuess.AsSpan().Fill(SlotModel.Fresh);
        _byBoth.AsSpan().Fill(SlotModel.Fresh);
        for (int i = 0; i < Prophet.Classes * 2; i++)
        {
            int kind = i >> 1;
            int sure = kind < 6 ? 1000 + (1000 * (i & 1)) : 4095 - (6000 / (2 + kind - 6));
            _byKind[i] = (ushort)((sure << 4) | 2);
        }

        for (int i = 0; i < _weights.Length; i++)
        {
            _weights[i] = (i % Inputs) switch { 0 => 50000, 1 => 16000, 2 => 16000, _ => 0 };
        }
    }

    /// <summary>Codes whether the guess is right.</summary>
    public bool Code<TCoder>(ref TCoder coder, bool hit, int guess, int kind, int before, bool expected)
        where TCoder : struct, IBitCoder, allows ref struct
    {
        int group = kind < 2 ? kind : kind < 6 ? 2 : kind < 12 ? 3 : kind < 18 ? 4 : kind < 24 ? 5 : 6;
        ref ushort one = ref _byKind[(kind * 2) + (expected ? 1 : 0)];
        ref ushort two = ref _byGuess[(group * 256) + guess];
        ref ushort three = ref _byBoth[(uint)((guess | (before << 8) | (group << 16)) * 0x9E3779B1) >> (32 - HashLog)];
        int x = Logistic.Stretch[one >> 4];
        int y = (two & 15) == 0 ? 0 : Logistic.Stretch[two >> 4];
        int z = (three & 15) == 0 ? 0 : Logistic.Stretch[three >> 4];
        Span<int> weights = _weights.AsSpan(kind * Inputs, Inputs);
        int sum = ((x * weights[0]) + (y * weights[1]) + (z * weights[2])) >> 16;
        sum = Math.Clamp(sum, -Logistic.Limit, Logistic.Limit);
        int chance = Logistic.Squash[sum + Logistic.Limit + 1];
        int bit = coder.Code(hit ? 1 : 0, (uint)Math.Clamp((chance << 4) + 8, 32, 65536 - 32));
        int error = ((bit << 12) - chance) * Rate;
        weights[0] += ((x * error) + (1 << 13)) >> 14;
        weights[1] += ((y * error) + (1 << 13)) >> 14;
        weights[2] += ((z * error) + (1 << 13)) >> 14;
        one = SlotModel.Learn(one, bit);
        two = SlotModel.Learn(two, bit);
        three = SlotModel.Learn(three, bit);
        return bit != 0;
    }
}
