namespace Railgun.Protocol.Deltas.Fast;

/// <summary>Counts that a code begins with, and the code made of them; shared by all.</summary>
internal sealed class UsualCode
{
    /// <summary>Of these counts, at least 1 each.</summary>
    public UsualCode(ReadOnlySpan<byte> counts)
    {
        Counts = new ushort[counts.Length];
        for (int i = 0; i < counts.Length; i++)
        {
            Counts[i] = counts[i];
        }

        Code = new PrefixCode(counts.Length);
        Code.Make(Counts);
        _ = Code.Table;
    }

    /// <summary>By symbol.</summary>
    public ushort[] Counts { get; }

    /// <summary>The code that they make.</summary>
    public PrefixCode Code { get; }
}
