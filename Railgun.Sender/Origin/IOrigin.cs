using Railgun.Protocol.Heads;

namespace Railgun.Sender.Origin;

/// <summary>The web server whose pages the sender sends (step 5 of ARCHITECTURE.md). Where it stands, only the sender's configuration knows.</summary>
internal interface IOrigin : IDisposable
{
    /// <summary>Begins to ask. Never throws for what an origin or a client can do: that comes as an event.</summary>
    /// <param name="head">What to ask; the fields go out as they are, but for hop-by-hop ones.</param>
    /// <param name="body">The request's body, or null where there is none. With <see cref="RequestHead.Protocol"/>: what the client sends after the switch.</param>
    /// <param name="abandoned">Cancelled when nobody waits for the answer any more.</param>
    IOriginExchange Ask(RequestHead head, IRequestBody? body, CancellationToken abandoned);
}
