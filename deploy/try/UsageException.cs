namespace Railgun.Try;

/// <summary>What the user asked for cannot be done; the message says what to write instead.</summary>
/// <param name="message">One or two lines for people.</param>
internal sealed class UsageException(string message) : Exception(message);
