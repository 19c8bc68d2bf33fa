namespace Railgun.Try.Processes;

/// <summary>The two programs did not do what they have to. The message says what, with their last log lines.</summary>
/// <param name="message">What went wrong.</param>
internal sealed class PairFailedException(string message) : Exception(message);
