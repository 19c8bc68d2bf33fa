using System.Net;
using System.Net.Http.Headers;
using Railgun.Listener.Clients;
using Railgun.Listener.Clients.Http2;
using Railgun.Listener.Rebuilding;

namespace Railgun.Listener.Forwarding;

/// <summary>Counts a body that did not come over the link, for the access log and for its client's connection.</summary>
/// <param name="inner">The content; disposed with this.</param>
/// <param name="client">Whose body it is.</param>
internal sealed class MeteredContent(HttpContent inner, ClientRequest client) : HttpContent
{
    /// <summary>Puts a meter into <paramref name="response"/>.</summary>
    public static HttpResponseMessage Meter(HttpResponseMessage response, ClientRequest client)
    {
        HttpContent content = response.Content;
        response.Content = new MeteredContent(content, client);
        foreach (KeyValuePair<string, HeaderStringValues> header in content.Headers.NonValidated)
        {
            response.Content.Headers.TryAddWithoutValidation(header.Key, header.Value);
        }

        return response;
    }

    /// <inheritdoc/>
    protected override async Task<Stream> CreateContentReadStreamAsync() =>
        new MeteredStream(await inner.ReadAsStreamAsync(), client.Body, client.Http.Features.Get<ConnectionAccount>());

    /// <inheritdoc/>
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        throw new NotSupportedException("This content is read, not copied.");

    /// <inheritdoc/>
    protected override bool TryComputeLength(out long length)
    {
        length = -1;
        return false;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
