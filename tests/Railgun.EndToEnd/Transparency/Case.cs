namespace Railgun.EndToEnd.Transparency;

/// <summary>One thing that clients do, asked of the origin and of the pair in the same way.</summary>
/// <param name="Name">What it is, in words.</param>
/// <param name="Protocol">What the client speaks.</param>
/// <param name="AskAsync">Asks, and tells what it saw.</param>
internal sealed record Case(string Name, string Protocol, Func<Place, Task<Sight>> AskAsync)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Protocol}: {Name}";
}
