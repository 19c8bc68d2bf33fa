using System.Net;

namespace Railgun.Sender.Origin;

/// <summary>No body, for a request whose head has fields that the HTTP client takes for a content's, such as <c>Content-Type</c>.</summary>
internal sealed class EmptyContent : HttpContent
{
    /// <inheritdoc/>
    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return true;
    }

    /// <inheritdoc/>
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => Task.CompletedTask;
}
