namespace Railgun.Protocol.Deltas.Fast;

/// <summary>What the symbols of one code mean, the counts that it begins with, and the code made of them; shared by all.</summary>
internal sealed unsafe class UsualCode
{
    private readonly Meaning[] _meanings;

    /// <summary>Of these counts, at least 1 each; its codes have at most <paramref name="maxBits"/> bits.</summary>
    /// <param name="counts">By symbol.</param>
    /// <param name="maxBits">The longest code.</param>
    /// <param name="meaning">Of a symbol: the number that it stands for, and how many bits follow, to be added to it.</param>
    public UsualCode(ReadOnlySpan<byte> counts, int maxBits, Func<int, (int Least, int Below)> meaning)
    {
        MaxBits = maxBits;
        Counts = new int[counts.Length];
        _meanings = Pinned.Copy<Meaning>(new Meaning[counts.Length]);
        Below = new byte[counts.Length];
        for (int i = 0; i < counts.Length; i++)
        {
            Counts[i] = counts[i];
            (int least, int below) = meaning(i);
            _meanings[i] = new Meaning(least, (1u << below) - 1);
            Below[i] = (byte)below;
        }

        Code = new PrefixCode(counts.Length, maxBits);
        Code.Make(Counts);
        Table = new CodeTable(maxBits);
        Table.Fill(Code, Below);
    }

    /// <summary>The longest code.</summary>
    public int MaxBits { get; }

    /// <summary>By symbol.</summary>
    public int[] Counts { get; }

    /// <summary>By symbol. Never moves.</summary>
    public Meaning* Meanings => Pinned.AddressOf(_meanings);

    /// <summary>By symbol: how many bits below it follow.</summary>
    public byte[] Below { get; }

    /// <summary>The code that the counts make.</summary>
    public PrefixCode Code { get; }

    /// <summary>Its table.</summary>
    public CodeTable Table { get; }
}
