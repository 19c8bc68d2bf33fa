using Railgun.Try.Visits;

namespace Railgun.EndToEnd.Harness;

/// <summary>A page that arrived byte-exact.</summary>
/// <param name="Name">The version's name, as logs write it.</param>
/// <param name="Length">Its length in bytes.</param>
/// <param name="Use">What the listener's access log says about it.</param>
internal sealed record Served(string Name, int Length, LinkUse Use);
