namespace Railgun.Try.Visits;

/// <summary>What came of a request, as the client saw it.</summary>
/// <param name="Status">The status code.</param>
/// <param name="Body">The body's bytes.</param>
/// <param name="FirstByte">From the request's start to the response's head.</param>
/// <param name="LastByte">From the request's start to the end of the body.</param>
internal sealed record Arrival(int Status, byte[] Body, TimeSpan FirstByte, TimeSpan LastByte);
