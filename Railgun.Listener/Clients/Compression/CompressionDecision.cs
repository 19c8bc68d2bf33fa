namespace Railgun.Listener.Clients.Compression;

/// <summary>What is done to one response for its client.</summary>
/// <param name="Varies">Whether another <c>Accept-Encoding</c> could get another body: then <c>Vary</c> says so.</param>
/// <param name="Coding">The coding to put on the body.</param>
internal readonly record struct CompressionDecision(bool Varies, ClientCoding Coding)
{
    /// <summary>The response passes as it is.</summary>
    public static CompressionDecision AsItIs => default;
}
