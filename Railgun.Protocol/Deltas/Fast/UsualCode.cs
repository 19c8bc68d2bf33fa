namespace Railgun.Protocol.Deltas.Fast;

/// <summary>What the symbols of one code mean, the counts that it begins with, and the code made of them; shared by all.</summary>
internal sealed class UsualCode
{
    /// <summary>Of these counts, at least 1 each; its codes have at most <paramref name="maxBits"/> bits.</summary>
    /// <param name="counts">By symbol.</param>
    /// <param name="maxBits">The longest code.</param>
    /// <param name="meaning">Of a symbol: the number that it stands for, and how many bits follow, to be added to it.</param>
    public UsualCode(ReadOnlySpan<byte> counts, int maxBits, Func<int, (int Least, int Below)> meaning)
    {
        MaxBits = maxBits;
        Counts = new int[counts.Length];
        Least = new int[counts.Length];
        Below = new byte[counts.Length];
        for (int i = 0; i < counts.Length; i++)
        {
            Counts[i] = counts[i];
            (Least[i], int below) = meaning(i);
            Below[i] = (byte)below;
        }

        Code = new PrefixCode(counts.Length, maxBits);
        Code.Make(Counts);
        Table = new CodeTable(maxBits);
        Table.Fill(Code, Least, Below);
    }

    /// <summary>The longest code.</summary>
    public int MaxBits { get; }

    /// <summary>By symbol.</summary>
    public int[] Counts { get; }

    /// <summary>By symbol: the number that it stands for.</summary>
    public int[] Least { get; }

    /// <summary>By symbol: how many bits below it follow.</summary>
    public byte[] Below { get; }

    /// <summary>The code that the counts make.</summary>
    public PrefixCode Code { get; }

    /// <summary>Its table.</summary>
    public CodeTable Table { get; }
}
