namespace Railgun.Fuzz;

/// <summary>What was read broke a rule: a limit exceeded, a buffer not given back.</summary>
internal sealed class FuzzFailureException(string message) : Exception(message);
