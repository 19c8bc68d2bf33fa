namespace Railgun.Try.Visits;

/// <summary>One line of the table: a request, what it took, and whether its body is the origin's.</summary>
/// <param name="Visit">The request.</param>
/// <param name="Arrival">What the client got.</param>
/// <param name="Use">What the listener says; null where it wrote no line in time.</param>
/// <param name="Base">The base as people know it, such as <c>/news #2</c>: the second answer for that path; or why there was none.</param>
/// <param name="Mistake">Empty where the body is byte-exact, else what is wrong with it.</param>
internal sealed record Row(Visit Visit, Arrival Arrival, LinkUse? Use, string Base, string Mistake)
{
    /// <summary>Whether the body is the origin's, byte for byte.</summary>
    public bool IsExact => Mistake.Length == 0;
}
