namespace Railgun.Simulation;

/// <summary>A checker's finding.</summary>
internal sealed class SimulationFailure(string checker, string text) : Exception($"{checker}: {text}")
{
    public string Checker { get; } = checker;
}
