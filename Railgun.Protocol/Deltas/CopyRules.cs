using Railgun.Protocol.Deltas.Matching;

namespace Railgun.Protocol.Deltas;

/// <summary>What a decoder checks of a copy, and how it carries it out.</summary>
internal static class CopyRules
{
    /// <summary>Whether the copy reads only what is there.</summary>
    public static bool IsSound(in Command copy, int first, int second, long total) => copy.Source switch
    {
        CopySource.Target => copy.Address > 0 && copy.Address <= Math.Min(total, DeltaLimits.Window),
        CopySource.First => copy.Address >= 0 && copy.Length <= first - (long)copy.Address,
        _ => copy.Address >= 0 && copy.Length <= second - (long)copy.Address,
    };

    /// <summary>Appends what a sound copy reads.</summary>
    public static void Carry(in Command copy, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, History history)
    {
        history.Reserve(copy.Length);
        Span<byte> free = history.Bytes.AsSpan(history.End, copy.Length);
        if (copy.Source == CopySource.Target)
        {
            Repeat(history.Bytes, history.End, copy.Address, copy.Length);
        }
        else
        {
            ReadOnlySpan<byte> source = copy.Source == CopySource.First ? first : second;
            source.Slice(copy.Address, copy.Length).CopyTo(free);
        }

        history.End += copy.Length;
    }

    /// <summary>A copy from the past may overlap what it writes: then it repeats; each round doubles what there is to copy.</summary>
    private static void Repeat(byte[] bytes, int end, int back, int length)
    {
        int from = end - back;
        while (length > 0)
        {
            int count = Math.Min(length, end - from);
            Buffer.BlockCopy(bytes, from, bytes, end, count);
            end += count;
            length -= count;
        }
    }
}
