namespace Railgun.Listener.Forwarding;

/// <summary>A try that failed before its head.</summary>
/// <param name="Method">The request's method.</param>
/// <param name="Opened">Whether an exchange was opened: false if there was no lane for it.</param>
/// <param name="Tries">How many exchanges were opened for this request, this one included.</param>
/// <param name="BodyBegun">Whether bytes of the request's body have been taken from the client: they can't be had again.</param>
/// <param name="HasDirect">Whether a direct origin is configured.</param>
internal readonly record struct FailedTry(string Method, bool Opened, int Tries, bool BodyBegun, bool HasDirect);
