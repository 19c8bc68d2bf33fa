namespace Railgun.Protocol.Heads;

/// <summary>The last four outcomes of some decision, as bits behind a leading one: 1 (nothing known) to 31. They choose the model of the next.</summary>
internal static class History
{
    /// <summary>Nothing is known.</summary>
    public const byte Empty = 1;

    /// <summary>One more than the largest.</summary>
    public const int Count = 32;

    /// <summary>Appends an outcome.</summary>
    public static void Append(ref byte history, bool yes)
    {
        int longer = (history << 1) | (yes ? 1 : 0);
        history = (byte)(longer < Count ? longer : (longer & 15) | 16);
    }
}
