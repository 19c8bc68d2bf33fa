namespace Railgun.Protocol.Deltas.Dense;

/// <summary>
/// Whether deciding byte by byte gains anything: what it took is set beside the entropy of the same bytes each told by itself, which is what the fast level comes to. Where a target's new text has nothing that
/// the models could learn, such as letters drawn by lot, an encoder that goes on loses time only. What is found so stands for the rest of the target.
/// </summary>
internal sealed class Gain
{
    /// <summary>So many bytes are looked at together: enough for their counts to tell their entropy.</summary>
    public const int Sample = 2048;

    /// <summary>So many samples in a row without a gain, and there is none.</summary>
    public const int Patience = 3;

    // What takes more than this part of the entropy is no gain. Real text takes half to two thirds; but what stands among it, such as names drawn by lot, may take nearly all.
    private const double Worth = 0.97;

    private readonly ushort[] _counts = new ushort[256];
    private int _bytes;
    private int _coded;
    private int _poor;

    /// <summary>Whether the last samples gained nothing.</summary>
    public bool IsNone => _poor >= Patience;

    /// <summary>A new target.</summary>
    public void Restart()
    {
        _poor = 0;
        Clear();
    }

    /// <summary>A byte was decided; of the payload so many bytes went out with it. These come some at a time: only their sum tells.</summary>
    public void Decided(int value, int coded)
    {
        _counts[value]++;
        _coded += coded;
        if (++_bytes == Sample)
        {
            Judge();
        }
    }

    private void Judge()
    {
        double entropy = Sample * Math.Log2(Sample);
        foreach (ushort count in _counts)
        {
            entropy -= count > 1 ? count * Math.Log2(count) : 0;
        }

        _poor = _coded * 8 > entropy * Worth ? _poor + 1 : 0;
        Clear();
    }

    private void Clear()
    {
        Array.Clear(_counts);
        (_bytes, _coded) = (0, 0);
    }
}
