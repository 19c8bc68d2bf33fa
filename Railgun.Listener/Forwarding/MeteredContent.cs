using System.Net;
using System.Net.Http.Headers;
using Railgun.Listener.Rebuilding;

namespace Railgun.Listener.Forwarding;

/// <summary>Counts a body that did not come over the link.</summary>
/// <param name="inner">The content; disposed with this.</param>
/// <param name="progress">Where to count.</param>
internal sealed class MeteredContent(HttpContent inner, BodyProgress progress) : HttpContent
{
    /// <summary>Puts a meter into <paramref name="response"/>; a switch of protocols is left as it is.</summary>
    public static HttpResponseMessage Meter(HttpResponseMessage response, BodyProgress progress)
    {
        if (response.StatusCode != HttpStatusCode.SwitchingProtocols)
        {
            HttpContent content = response.Content;
            response.Content = new MeteredContent(content, progress);
            foreach (KeyValuePair<string, HeaderStringValues> header in content.Headers.NonValidated)
            {
                response.Content.Headers.TryAddWithoutValidation(header.Key, header.Value);
            }
        }

        return response;
    }

    /// <inheritdoc/>
    protected override async Task<Stream> CreateContentReadStreamAsync() => new MeteredStream(await inner.ReadAsStreamAsync(), progress);

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
