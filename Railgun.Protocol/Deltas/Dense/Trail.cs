using Railgun.Protocol.Deltas.Matching;

namespace Railgun.Protocol.Deltas.Dense;

/// <summary>A stretch of text that both sides hold and that the target seems to follow: its next byte is the guess.</summary>
internal unsafe struct Trail
{
    /// <summary>As many misses among its last eight guesses end it.</summary>
    private const int MostMisses = 5;

    /// <summary>Where the guess stands; null: no trail. Good within one segment.</summary>
    public byte* Next;

    /// <summary>Where its text ends.</summary>
    public byte* End;

    /// <summary>What text it goes through.</summary>
    public CopySource Source;

    /// <summary>Bytes that agree before it.</summary>
    public int Agreed;

    /// <summary>Right guesses since it was taken up or was wrong.</summary>
    public int Run;

    /// <summary>A bit for each of the last eight guesses that was wrong, the latest lowest.</summary>
    public int Misses;

    /// <summary>Between segments: the place of <see cref="Next"/> in its text.</summary>
    public long Offset;

    /// <summary>Goes beyond a byte. True if the guess was right and its text ends there.</summary>
    public bool Pass(int value)
    {
        bool hit = *Next++ == value;
        Misses = (Misses << 1) & 255;
        if (hit)
        {
            Agreed++;
            Run++;
        }
        else
        {
            Misses |= 1;
            Agreed = 0;
            Run = 0;
            if (System.Numerics.BitOperations.PopCount((uint)Misses) >= MostMisses)
            {
                Next = null;
                return false;
            }
        }

        if (Next != End)
        {
            return false;
        }

        Next = null;
        return hit;
    }
}
