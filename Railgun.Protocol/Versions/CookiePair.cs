namespace Railgun.Protocol.Versions;

/// <summary>One cookie in a <c>Cookie</c> field: a piece of the field's value.</summary>
/// <param name="Source">The field's value.</param>
/// <param name="Start">Where the pair begins.</param>
/// <param name="NameLength">The length of its name; 0 where there is no <c>=</c>.</param>
/// <param name="Length">The length of the whole pair.</param>
/// <param name="Order">Its place among all pairs of the request.</param>
internal readonly record struct CookiePair(string Source, int Start, int NameLength, int Length, int Order) : IComparable<CookiePair>
{
    /// <summary>The name.</summary>
    public ReadOnlySpan<char> Name => Source.AsSpan(Start, NameLength);

    /// <summary>The name, the <c>=</c> and the value.</summary>
    public ReadOnlySpan<char> Text => Source.AsSpan(Start, Length);

    /// <summary>By name; cookies of one name keep their order, which tells the more specific path (RFC 6265 section 5.4).</summary>
    public int CompareTo(CookiePair other)
    {
        int byName = Name.SequenceCompareTo(other.Name);
        return byName != 0 ? byName : Order.CompareTo(other.Order);
    }
}
