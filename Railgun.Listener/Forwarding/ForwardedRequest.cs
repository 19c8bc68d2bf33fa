using Railgun.Listener.Clients;

namespace Railgun.Listener.Forwarding;

/// <summary>One request on its way to a sender.</summary>
/// <param name="Message">What the routes and transforms made of it.</param>
/// <param name="Client">The client's request.</param>
/// <param name="Sender">The sender's name.</param>
/// <param name="Elsewhere">The way to ask without the link.</param>
internal readonly record struct ForwardedRequest(
    HttpRequestMessage Message,
    ClientRequest Client,
    string Sender,
    Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> Elsewhere);
