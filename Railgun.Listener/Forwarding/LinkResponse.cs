using Railgun.Listener.Clients;
using Railgun.Listener.Clients.Http2;
using Railgun.Listener.Rebuilding;
using Railgun.Protocol.Heads;

namespace Railgun.Listener.Forwarding;

/// <summary>What follows for one response from how its body goes. Step 9 of a request's life.</summary>
/// <param name="client">The client's request.</param>
/// <param name="upload">The request's body on its way, if there is one.</param>
internal sealed class LinkResponse(ClientRequest client, RequestUpload? upload) : IBodyEvents
{
    private readonly ConnectionAccount? _account = client.Http.Features.Get<ConnectionAccount>();

    /// <summary>The message that the proxy library copies to the client; set before the body is read.</summary>
    public HttpResponseMessage? Message { get; set; }

    /// <inheritdoc/>
    public async ValueTask SilentAsync()
    {
        // The library sends the head with the first bytes of the body. An event stream may have none for minutes, and its reader waits for the head.
        HttpResponse response = client.Http.Response;
        if (response.StatusCode != StatusCodes.Status101SwitchingProtocols)
        {
            try
            {
                await response.Body.FlushAsync(client.Http.RequestAborted);
            }
            catch (Exception)
            {
                // The client is gone; whoever writes to it finds out.
            }
        }
    }

    /// <inheritdoc/>
    public void Given(int bytes) => _account?.Given(bytes);

    /// <inheritdoc/>
    public void Ended(FieldList? trailers)
    {
        upload?.Stop();
        if (Message is { } message)
        {
            ResponseMessages.AddTrailers(message, trailers);
        }
    }
}
